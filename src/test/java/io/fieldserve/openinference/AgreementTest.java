package io.fieldserve.openinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.openinference.rest.RestProtocol;
import io.fieldserve.wire.ServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** 250 random requests, so 1000 answers: the same over every protocol, bit for bit, as by the native API. */
@QuarkusTest
class AgreementTest extends ServiceTest {

    private static final int REQUESTS = 250;
    private static final int PER_TEST = 25;

    private static final Protocol NATIVE = new NativeProtocol();
    private static final Map<String, Protocol> OTHERS = Map.of(
            "REST, JSON", RestProtocol.json(),
            "REST, binary", RestProtocol.binary(),
            "REST, mixed", RestProtocol.mixed());

    static LongStream firstSeeds() {
        return LongStream.range(0, REQUESTS / PER_TEST).map(test -> test * PER_TEST);
    }

    @ParameterizedTest(name = "seeds from {0}")
    @MethodSource("firstSeeds")
    void everyProtocolAnswersAlike(long firstSeed) {
        for (long seed = firstSeed; seed < firstSeed + PER_TEST; seed++) {
            // Given
            InferCase request = InferCase.random(seed);
            Map<String, float[]> expected = NATIVE.send(request);

            // When
            Map<String, Map<String, float[]>> answers = new LinkedHashMap<>();
            OTHERS.forEach((name, protocol) -> answers.put(name, protocol.send(request)));

            // Then
            answers.forEach((name, answer) -> requireEqual(answer, expected, name + ": " + request));
        }
    }

    private static void requireEqual(Map<String, float[]> answer, Map<String, float[]> expected, String request) {
        assertThat(List.copyOf(answer.keySet())).as(request).isEqualTo(List.copyOf(expected.keySet()));
        expected.forEach((output, values) -> assertThat(Bits.of(answer.get(output)))
                .as(output + " of " + request)
                .isEqualTo(Bits.of(values)));
    }
}
