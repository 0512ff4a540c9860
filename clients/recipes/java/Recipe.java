import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks Fieldserve for the pressure in a permeability map, with what JDK 17 and later bring.
 *
 * <pre>java Recipe.java http://localhost:8080 64 64 permeability.f32 pressure.f32</pre>
 *
 * The files hold ny * nx little-endian floats, x fastest. They stand for a solver's memory: {@link #predict} is what to
 * take from here.
 */
public class Recipe {

    private static final int MOST_TRIES = 10;

    /** Keeps connections open and is safe for many threads: one for the whole program. */
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    private final String url;

    Recipe(String url) {
        this.url = url;
    }

    /** A field on a grid in row-major order: the value at (iy, ix) is {@code values[iy * nx + ix]}. */
    record Field(int ny, int nx, float[] values) {}

    /**
     * A predicted field.
     *
     * @param trusted whether the service trusts it; {@code Accept: application/json} says why not
     */
    record Solution(Field mean, boolean trusted) {}

    /**
     * The mean over the ensemble, on the grid of the input.
     *
     * @throws IOException the service refuses, and the message is its problem's text; or it can't be reached
     */
    Solution predict(String surrogate, Field input) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(url + "/v1/surrogates/" + surrogate + "/predict?outputs=mean"))
                .header("Content-Type", "application/octet-stream")
                .header("Accept", "application/octet-stream")
                .header("Fieldserve-Shape", input.ny() + "," + input.nx())
                .timeout(Duration.ofMinutes(2))
                .POST(BodyPublishers.ofByteArray(bytes(input.values())))
                .build();
        HttpResponse<byte[]> reply = send(request);
        if (reply.statusCode() != 200) {
            String problem = new String(reply.body(), StandardCharsets.UTF_8);
            throw new IOException(request.uri() + ": HTTP status " + reply.statusCode() + "\n" + problem);
        }
        float[] mean = floats(reply.body());
        if (mean.length != input.values().length) {
            throw new IOException(request.uri() + ": the answer has " + mean.length + " values");
        }
        boolean trusted = reply.headers().firstValue("Fieldserve-Trusted").equals(Optional.of("?1"));
        return new Solution(new Field(input.ny(), input.nx(), mean), trusted);
    }

    /** Tries again while the service has no room (429) or is starting (503), when it says that it is worth it. */
    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        for (int tries = 1; ; tries++) {
            HttpResponse<byte[]> reply = http.send(request, BodyHandlers.ofByteArray());
            boolean later = reply.statusCode() == 429 || reply.statusCode() == 503;
            if (!later || tries == MOST_TRIES) {
                return reply;
            }
            long seconds = reply.headers().firstValueAsLong("Retry-After").orElse(1);
            Thread.sleep(Duration.ofSeconds(seconds).toMillis());
        }
    }

    private static byte[] bytes(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    private static float[] floats(byte[] bytes) {
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length != 5) {
            System.err.println("usage: java Recipe.java URL NY NX PERMEABILITY PRESSURE");
            System.exit(2);
        }
        int ny = Integer.parseInt(arguments[1]);
        int nx = Integer.parseInt(arguments[2]);
        try {
            Field permeability = new Field(ny, nx, floats(Files.readAllBytes(Path.of(arguments[3]))));
            Solution pressure = new Recipe(arguments[0]).predict("darcy-fno", permeability);
            if (!pressure.trusted()) {
                System.err.println("The service does not trust this answer; Accept: application/json says why.");
            }
            Files.write(Path.of(arguments[4]), bytes(pressure.mean().values()));
        } catch (IOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
