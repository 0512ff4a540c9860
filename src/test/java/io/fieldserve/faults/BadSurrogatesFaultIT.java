package io.fieldserve.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.packaged.ServiceProcess;
import io.fieldserve.repository.PlainFolder;
import io.fieldserve.repository.TinyVersion;
import io.fieldserve.tensor.Shape;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One surrogate fails, makes numbers that are none, or takes long; others, and its own sound inputs, are answered. */
class BadSurrogatesFaultIT extends FaultScenario {

    private static final int PER_SECOND = 20;

    private ServiceProcess service;

    @BeforeEach
    void writeSoundSurrogate() {
        Lines.write(root, 1);
    }

    @Test
    void oneThatFailsFailsItsOwnCallersAlone() throws IOException {
        // Given a graph that fails where its input is 3 or more, and requests that share batches
        PlainFolder.write(root, "picky", "1", "picky");
        service = service().with("-Dfieldserve.batching.delay=20ms").start();
        SteadyLoad others = load(service, PER_SECOND, Lines.questions());
        SteadyLoad sound =
                load(service, 4 * PER_SECOND, List.of(new PlainQuestion("picky", List.of(1f, 2f), List.of(2f, 4f))));
        SteadyLoad failing = load(service, PER_SECOND, List.of(PlainQuestion.refused("picky", 1f, 9f)));
        failing.allow("500 internal-error");

        // When
        others.awaitRight(scaled(10 * PER_SECOND));

        // Then
        say("sound inputs of the failing one: " + sound.stop());
        say("failing inputs: " + failing.stop());
        assertThat(service.log()).contains("Incident", "indices element out of data bounds");
        endWell(others, service);
    }

    @Test
    void oneThatMakesNumbersThatAreNoneIsNotTrusted() throws IOException {
        // Given a member that takes the logarithm, so that zero gives an infinity and one below a NaN
        logarithms().writeTo(root);
        service = service().with("-Dfieldserve.batching.delay=20ms").start();
        SteadyLoad others = load(service, PER_SECOND, Lines.questions());
        SteadyLoad load = load(service, 2 * PER_SECOND, List.of(new Logarithm(2), new Logarithm(0), new Logarithm(-1)));

        // When
        others.awaitRight(scaled(5 * PER_SECOND));

        // Then
        say("the one that makes them: " + load.stop());
        endWell(others, service);
    }

    /** Members a + 1.5 and log(a): where a is 1, the mean is 1.25 and the std 1.25 sqrt(2). */
    private static TinyVersion logarithms() {
        Shape shape = Shape.of(1, 1, 2, 3);
        return TinyVersion.affine()
                .with("/name", "logarithms")
                .inGraphs("affine-0.onnx", "logarithm.onnx")
                .golden("permeability", shape, 1)
                .golden("mean", shape, 1.25f)
                .golden("std", shape, (float) (1.25 * Math.sqrt(2)));
    }

    /** The mean of {@link #logarithms} where all of the input is one number. */
    private record Logarithm(float value) implements Question {
        @Override
        public HttpRequest.Builder ask(ServiceProcess service) {
            return service.request("/v1/surrogates/logarithms/predict?shape=2,3")
                    .header("Content-Type", Floats.TYPE)
                    .header("Accept", Floats.TYPE)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(
                            Floats.bytes(value, value, value, value, value, value)));
        }

        @Override
        public void check(HttpResponse<byte[]> reply) {
            double right = (value + 1.5 + Math.log(value)) / 2;
            for (float answer : Floats.of(reply.body())) {
                assertThat(Math.abs(answer - right) < 1e-6 || Double.compare(answer, right) == 0)
                        .as("%s for %s", answer, right)
                        .isTrue();
            }
            if (!Double.isFinite(right)) {
                assertThat(reply.headers().firstValue("Fieldserve-Trusted")).hasValue("?0");
            }
        }
    }

    @Test
    void oneThatTakesLongIsWaitedForWithinADeadline() throws IOException {
        // Given a graph of as many rounds as its input says, a second or more in all
        PlainFolder.write(root, "lingers", "1", "lingers");
        service = service().start();
        SteadyLoad others = load(service, PER_SECOND, Lines.questions());
        float rounds = 1_000_000;
        SteadyLoad slow =
                load(service, 1, List.of(new PlainQuestion("lingers", List.of(1f, rounds), List.of(2f, 2 * rounds))));
        slow.allow("504 deadline-exceeded", "429 overloaded");
        // On a machine that is too slow for it, what waits is too much for anybody.
        others.allow("429 overloaded");

        // When
        others.awaitRight(scaled(15 * PER_SECOND));

        // Then
        say("the slow one: " + slow.stop());
        endWell(others, service);
    }
}
