package io.fieldserve.codec;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.fieldserve.prediction.FailureException;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens to a body on its way, it is read or refused; nothing else is thrown, and no memory is lost. */
class DamageTest {
    private static final Shape SHAPE = Shape.of(2, 3);

    @ParameterizedTest
    @MethodSource("formatsAndSeeds")
    void readsOrRefusesADamagedBody(BodyFormat format, long seed) {
        // Given
        Random random = new Random(seed);
        Decoding decoding = new Decoding(format.decoder(SHAPE), GridContract.of("a"));
        byte[] whole = encode(format);

        for (int i = 0; i < 500; i++) {
            byte[] body = damage(whole, random);
            BodyLength length = random.nextBoolean() ? BodyLength.TOLD : BodyLength.UNTOLD;

            // When, Then
            assertThatCode(() -> readOrRefuse(decoding, body, length))
                    .as(() -> Arrays.toString(body))
                    .doesNotThrowAnyException();
            decoding.requireAllReleased();
        }
    }

    @ParameterizedTest
    @MethodSource("archivesAndSeeds")
    void readsOrRefusesADamagedArchiveOfNumpy(String file, long seed) {
        // Given
        Random random = new Random(seed);
        Decoding decoding = new Decoding(new NpzDecoder(), GridContract.of("permeability", "forcing"));
        byte[] whole = Fixtures.read(file);

        for (int i = 0; i < 500; i++) {
            byte[] body = damage(whole, random);

            // When, Then
            assertThatCode(() -> readOrRefuse(decoding, body, BodyLength.UNTOLD))
                    .as(() -> Arrays.toString(body))
                    .doesNotThrowAnyException();
            decoding.requireAllReleased();
        }
    }

    static Stream<Arguments> formatsAndSeeds() {
        List<Arguments> arguments = new ArrayList<>();
        for (BodyFormat format : BodyFormat.values()) {
            for (long seed = 0; seed < 4; seed++) {
                arguments.add(Arguments.arguments(format, seed));
            }
        }
        return arguments.stream();
    }

    static Stream<Arguments> archivesAndSeeds() {
        return Stream.of("stored.npz", "compressed.npz", "described.npz")
                .flatMap(file -> Stream.of(1, 2).map(seed -> Arguments.arguments(file, seed)));
    }

    private static void readOrRefuse(Decoding decoding, byte[] body, BodyLength length) {
        try {
            decoding.inputs(body, length).close();
        } catch (FailureException e) {
            // A refusal is as good an answer as any.
        }
    }

    /** One to four bytes changed, and now and then a piece left out or repeated. */
    private static byte[] damage(byte[] whole, Random random) {
        byte[] body = whole.clone();
        for (int change = random.nextInt(4); change >= 0; change--) {
            int position = random.nextInt(body.length);
            body[position] =
                    (byte) (random.nextBoolean() ? random.nextInt() : body[position] ^ (1 << random.nextInt(8)));
        }
        if (random.nextInt(4) > 0) {
            return body;
        }
        int from = random.nextInt(body.length);
        int to = random.nextInt(body.length);
        return Fixtures.join(Arrays.copyOf(body, from), Arrays.copyOfRange(body, to, body.length));
    }

    private static byte[] encode(BodyFormat format) {
        try (Tensor tensor = Tensors.random(SHAPE, 7)) {
            return format.encode(tensor, SHAPE);
        }
    }
}
