package io.fieldserve.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fieldserve.packaged.ServiceProcess;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Random;

/** One array of a prediction of {@link Lines}, on its calibrated grid, by whichever version answers. */
record LineQuestion(Wanted wanted, int seed) implements Question {

    private static final int POINTS = 6;
    /** Of the manifest: scale and floor of the 90 % interval. */
    private static final double SCALE = 2;

    private static final double FLOOR = 0.25;

    /** What is asked for. */
    enum Wanted {
        MEAN,
        STD,
        LOWER,
        UPPER;

        double of(int version, double a) {
            double half = SCALE * (Lines.std(version, a) + FLOOR);
            return switch (this) {
                case MEAN -> Lines.mean(version, a);
                case STD -> Lines.std(version, a);
                case LOWER -> Lines.mean(version, a) - half;
                case UPPER -> Lines.mean(version, a) + half;
            };
        }
    }

    @Override
    public HttpRequest.Builder ask(ServiceProcess service) {
        return service.request("/v1/surrogates/" + Lines.NAME + "/predict?shape=2,3&outputs="
                        + wanted.name().toLowerCase(Locale.ROOT))
                .header("Content-Type", Floats.TYPE)
                .header("Accept", Floats.TYPE)
                .POST(BodyPublishers.ofByteArray(Floats.bytes(input())));
    }

    private float[] input() {
        Random random = new Random(seed);
        float[] input = new float[POINTS];
        for (int i = 0; i < POINTS; i++) {
            input[i] = 4 * random.nextFloat();
        }
        return input;
    }

    @Override
    public void check(HttpResponse<byte[]> reply) {
        int version = version(reply);
        float[] input = input();
        float[] answer = Floats.of(reply.body());
        assertThat(answer).hasSize(POINTS);
        for (int i = 0; i < POINTS; i++) {
            double right = wanted.of(version, input[i]);
            assertThat((double) answer[i])
                    .as("%s of version %d at %s", wanted, version, input[i])
                    .isCloseTo(right, within(1e-5 * (1 + 20 * version)));
        }
    }

    /** Which version says that it answered. */
    static int version(HttpResponse<byte[]> reply) {
        return Integer.parseInt(reply.headers().firstValue("Fieldserve-Version").orElseThrow());
    }
}
