package io.fieldserve.openinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.openinference.grpc.GrpcPort;
import io.fieldserve.openinference.grpc.GrpcProtocol;
import io.fieldserve.openinference.rest.RestProtocol;
import io.fieldserve.wire.ServiceTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** 1000 random requests: the same answers over every protocol, bit for bit, as by the native API. */
@QuarkusTest
@QuarkusTestResource(GrpcPort.class)
class AgreementTest extends ServiceTest {

    private static final int REQUESTS = 1000;
    private static final int PER_TEST = 100;

    private static final Protocol NATIVE = new NativeProtocol();

    private GrpcProtocol contents;
    private GrpcProtocol raw;
    private Map<String, Protocol> others;

    @BeforeEach
    void connect() {
        contents = GrpcProtocol.contents();
        raw = GrpcProtocol.raw();
        others = Map.of(
                "REST, JSON", RestProtocol.json(),
                "REST, binary", RestProtocol.binary(),
                "REST, mixed", RestProtocol.mixed(),
                "gRPC, contents", contents,
                "gRPC, raw", raw);
    }

    @AfterEach
    void disconnect() {
        contents.close();
        raw.close();
    }

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
            others.forEach((name, protocol) -> answers.put(name, protocol.send(request)));

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
