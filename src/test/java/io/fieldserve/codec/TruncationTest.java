package io.fieldserve.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.prediction.Failure;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A body cut short anywhere is malformed, whether or not its length was told, and costs no memory. */
class TruncationTest {
    @ParameterizedTest
    @MethodSource("formatsAndLengths")
    void refusesASmallBodyCutAtAnyByte(BodyFormat format, BodyLength length) {
        // Given
        Shape shape = Shape.of(2, 3);
        byte[] body = encode(format, shape);
        Decoding decoding = new Decoding(format.decoder(shape), GridContract.of("a"));

        // When
        Stream<Failure> failures =
                IntStream.range(0, body.length).mapToObj(end -> decoding.refusal(Arrays.copyOf(body, end), length));

        // Then
        assertThat(failures).hasSize(body.length).allMatch(Failure.MalformedBody.class::isInstance);
    }

    @ParameterizedTest
    @MethodSource("formatsAndLengths")
    void refusesAFieldCutAtEveryHundredthByte(BodyFormat format, BodyLength length) {
        // Given
        Shape shape = Shape.of(64, 64);
        byte[] body = encode(format, shape);
        Decoding decoding = new Decoding(format.decoder(shape), GridContract.of("a"));

        // When
        Stream<Failure> failures = IntStream.iterate(0, end -> end < body.length, end -> end + 100)
                .mapToObj(end -> decoding.refusal(Arrays.copyOf(body, end), length));

        // Then
        assertThat(failures).hasSize((body.length + 99) / 100).allMatch(Failure.MalformedBody.class::isInstance);
    }

    @ParameterizedTest
    @CsvSource({
        "stored.npz, TOLD",
        "stored.npz, UNTOLD",
        "compressed.npz, TOLD",
        "compressed.npz, UNTOLD",
        "described.npz, TOLD",
        "described.npz, UNTOLD"
    })
    void refusesAnArchiveOfNumpyCutAtAnyByte(String file, BodyLength length) {
        // Given
        byte[] body = Fixtures.read(file);
        Decoding decoding = new Decoding(new NpzDecoder(), GridContract.of("permeability", "forcing"));

        // When
        Stream<Failure> failures =
                IntStream.range(0, body.length).mapToObj(end -> decoding.refusal(Arrays.copyOf(body, end), length));

        // Then
        assertThat(failures).hasSize(body.length).allMatch(Failure.MalformedBody.class::isInstance);
    }

    @ParameterizedTest
    @EnumSource(BodyFormat.class)
    void refusesABodyCutShortOfWhatItsTransportTold(BodyFormat format) {
        // Given
        Shape shape = Shape.of(2, 3);
        byte[] body = encode(format, shape);
        Decoding decoding = new Decoding(format.decoder(shape), GridContract.of("a"));

        // When
        Stream<Failure> failures = IntStream.range(0, body.length)
                .mapToObj(end ->
                        decoding.refusal(new TricklingStream(Arrays.copyOf(body, end), end), BodyLength.TOLD.of(body)));

        // Then
        assertThat(failures).hasSize(body.length).allMatch(Failure.MalformedBody.class::isInstance);
    }

    static Stream<Arguments> formatsAndLengths() {
        return Arrays.stream(BodyFormat.values())
                .flatMap(format ->
                        Arrays.stream(BodyLength.values()).map(length -> Arguments.arguments(format, length)));
    }

    private static byte[] encode(BodyFormat format, Shape shape) {
        try (Tensor tensor = Tensors.random(shape, 42)) {
            return format.encode(tensor, shape);
        }
    }
}
