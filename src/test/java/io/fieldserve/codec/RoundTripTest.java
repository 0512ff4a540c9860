package io.fieldserve.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is encoded and decoded again is the same, bit for bit, in every format. */
class RoundTripTest {
    @ParameterizedTest
    @MethodSource("formatsLengthsAndSeeds")
    void keepsEveryBit(BodyFormat format, BodyLength length, long seed) {
        // Given
        Shape shape = randomShape(seed);
        Decoding decoding = new Decoding(format.decoder(shape), GridContract.of("a"));
        try (Tensor tensor = Tensors.random(shape, seed)) {
            byte[] body = format.encode(tensor, shape);

            // When
            try (DecodedInputs inputs = decoding.inputs(body, length)) {

                // Then
                DecodedField field = inputs.fields().get("a");
                assertThat(field.announced()).isEqualTo(shape);
                assertThat(field.tensor().bytes()).isEqualTo(tensor.bytes());
            }
        }
        decoding.requireAllReleased();
    }

    @ParameterizedTest
    @EnumSource(
            value = BodyFormat.class,
            names = {"NPY", "NPZ", "RAW"})
    void keepsTheBitsOfNumbersThatAreNone(BodyFormat format) {
        // Given
        Shape shape = Shape.of(1, 3);
        Decoding decoding =
                new Decoding(format.decoder(shape), GridContract.of("a").allowingNonFinite());
        try (Tensor tensor = Tensors.of(shape, 0, 0, Float.NEGATIVE_INFINITY)) {
            tensor.bytes().putInt(0, 0x7f800001).putInt(4, 0xffc12345);

            // When
            try (DecodedInputs inputs = decoding.inputs(format.encode(tensor, shape), BodyLength.TOLD)) {

                // Then
                assertThat(inputs.fields().get("a").tensor().bytes()).isEqualTo(tensor.bytes());
            }
        }
        decoding.requireAllReleased();
    }

    static Stream<Arguments> formatsLengthsAndSeeds() {
        List<Arguments> arguments = new ArrayList<>();
        for (BodyFormat format : BodyFormat.values()) {
            for (BodyLength length : BodyLength.values()) {
                for (long seed = 0; seed < 8; seed++) {
                    arguments.add(Arguments.arguments(format, length, seed));
                }
            }
        }
        return arguments.stream();
    }

    private static Shape randomShape(long seed) {
        Random random = new Random(seed);
        Shape space = Shape.of(1 + random.nextInt(100), 1 + random.nextInt(100));
        return switch ((int) (seed % 3)) {
            case 0 -> space;
            case 1 -> space.prepend(1);
            default -> space.prepend(1 + random.nextInt(8), 1);
        };
    }
}
