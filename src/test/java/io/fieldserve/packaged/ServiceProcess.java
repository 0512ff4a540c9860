package io.fieldserve.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The packaged service in a process of its own, which can be stopped, killed and started again on the same port. */
public final class ServiceProcess implements AutoCloseable {

    /** What a start may take on a busy machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Path APPLICATION = Path.of("target/quarkus-app/quarkus-run.jar");
    private static final String NOTHING_HELD = "Stopped; still held: requests=0 request-bytes=0 slabs=0 slab-bytes=0";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port = freePort();
    private final List<String> command = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>(Map.of("ORT_DISABLE_TELEMETRY", "1"));
    private final Path log;
    private Process process;

    private ServiceProcess(Path log, Path repository) {
        this.log = log;
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:+ErrorFileToStdout",
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.grpc.server.port=0",
                "-Dfieldserve.repository.path=" + repository));
    }

    /** A service of this repository, yet to be started; its log goes behind what the file holds already. */
    public static ServiceProcess of(Path repository, Path log) {
        return new ServiceProcess(log, repository);
    }

    /** An option of the JVM, such as a configuration key. */
    public ServiceProcess with(String option) {
        command.add(option);
        return this;
    }

    public ServiceProcess environment(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Starts it and returns when it is ready to predict. */
    public ServiceProcess start() {
        begin();
        Awaitility.await().atMost(PATIENCE).until(this::isReady);
        return this;
    }

    /** Starts it and returns at once. */
    public void begin() {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of("-jar", APPLICATION.toString()));
        ProcessBuilder builder = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isReady() {
        assertThat(process.isAlive()).as(this::log).isTrue();
        try {
            return readiness() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** As {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** As a supervisor ends it: what is in flight is answered, and nothing may be held in the end. */
    public void stop() {
        assertIdle();
        terminate();
        awaitEnd();
        assertNothingHeld();
    }

    /** Sends SIGTERM, and returns at once. */
    public void terminate() {
        process.destroy();
    }

    /** Waits for the end, and gives the exit status. */
    public int awaitEnd() {
        return process.onExit().join().exitValue();
    }

    /** Of one that has ended: it said that no request held anything any more. */
    public void assertNothingHeld() {
        assertThat(log()).contains(NOTHING_HELD);
    }

    /** Waits until no request holds a place or memory. */
    public void assertIdle() {
        for (String gauge : List.of("fieldserve_requests_in_flight", "fieldserve_slabs_outstanding")) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(metric(gauge)).as(gauge).isZero());
        }
    }

    /** A value of {@code /q/metrics} without labels. */
    public double metric(String name) {
        String metrics = new String(get("/q/metrics").body(), StandardCharsets.UTF_8);
        Matcher line =
                Pattern.compile("^" + name + " (\\S+)$", Pattern.MULTILINE).matcher(metrics);
        assertThat(line.find()).as("there is a metric %s", name).isTrue();
        return Double.parseDouble(line.group(1));
    }

    /** The status of the readiness probe. */
    public int readiness() {
        return get("/q/health/ready").statusCode();
    }

    public HttpResponse<byte[]> get(String path) {
        return send(request(path).GET());
    }

    public HttpResponse<byte[]> post(String path, String contentType, byte[] body) {
        return send(request(path).header("Content-Type", contentType).POST(BodyPublishers.ofByteArray(body)));
    }

    public HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The reply, once it is there. */
    public CompletableFuture<HttpResponse<byte[]>> sendAsync(HttpRequest.Builder request) {
        return client.sendAsync(request.build(), BodyHandlers.ofByteArray());
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofMinutes(2));
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
        client.close();
    }

    /** One that is free now: a service that is started again needs the same. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
