import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** Starts the service with the command it is given, has it predict in every format, and stops it: for the AOT cache. */
final class Rehearsal {

    private static final String SERVICE = "http://127.0.0.1:8080";
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    public static void main(String[] command) throws Exception {
        Process service = new ProcessBuilder(command).inheritIO().start();
        awaitReady(service);
        for (String surrogate : List.of("darcy-fno", "burgers-fno")) {
            for (String type : List.of("application/json", "application/x-npy", "application/x-npz")) {
                String address = SERVICE + "/v1/surrogates/" + surrogate;
                byte[] input = send(HttpRequest.newBuilder(URI.create(address + "/example?seed=1"))
                        .header("Accept", type));
                send(HttpRequest.newBuilder(URI.create(address + "/predict"))
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofByteArray(input)));
            }
        }
        service.destroy();
        service.waitFor();
    }

    private static void awaitReady(Process service) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady()) {
            if (!service.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("The service did not become ready");
            }
            Thread.sleep(100);
        }
    }

    private static boolean isReady() throws InterruptedException {
        HttpRequest ready = HttpRequest.newBuilder(URI.create(SERVICE + "/q/health/ready"))
                .build();
        try {
            return CLIENT.send(ready, BodyHandlers.discarding()).statusCode() == 200;
        } catch (java.io.IOException notListeningYet) {
            return false;
        }
    }

    private static byte[] send(HttpRequest.Builder request) throws Exception {
        var response = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response + ": " + new String(response.body()));
        }
        return response.body();
    }

    private Rehearsal() {}
}
