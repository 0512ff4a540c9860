package io.fieldserve.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.SlabLimitException;
import io.fieldserve.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Memory is taken for what has arrived, whatever length the transport or the body announces. */
class ArrivalTest {
    private static final int START = 1 << 16;

    @ParameterizedTest
    @MethodSource("io.fieldserve.codec.TruncationTest#formatsAndLengths")
    void takesAtMostTwiceWhatCameAnd64Kibibytes(BodyFormat format, BodyLength length) {
        // Given
        Shape shape = Shape.of(512, 300);
        byte[] body = encode(format, shape);
        Decoding decoding = new Decoding(format.decoder(shape), GridContract.boundless("a"));
        Watched watched = new Watched(body, decoding);

        // When
        try (DecodedInputs inputs = decoding.inputs(watched, length.of(body))) {

            // Then
            assertThat(inputs.fields().get("a").announced()).isEqualTo(shape);
            assertThat(watched.mostBeyondTwiceWhatCame).isLessThanOrEqualTo(START);
        }
        decoding.requireAllReleased();
    }

    @ParameterizedTest
    @MethodSource("stalls")
    void takesLittleForALongBodyThatStalls(BodyFormat format, int arrived) {
        // Given
        Shape shape = Shape.of(1024, 1024);
        byte[] body = encode(format, shape);
        Decoding decoding = new Decoding(format.decoder(shape), GridContract.boundless("a"));
        InputStream stalled = new BreakingStream(Arrays.copyOf(body, arrived), new IOException("read timed out"));

        // When
        assertThatThrownBy(() -> decoding.inputs(stalled, OptionalLong.of(body.length)))
                .isInstanceOf(UncheckedIOException.class);

        // Then
        assertThat(decoding.peakBytes()).isLessThanOrEqualTo(START);
        decoding.requireAllReleased();
    }

    @ParameterizedTest
    @MethodSource("io.fieldserve.codec.TruncationTest#formatsAndLengths")
    void givesBackWhatItHoldsWhereMemoryIsShort(BodyFormat format, BodyLength length) {
        // Given
        Shape shape = Shape.of(512, 512);
        byte[] body = encode(format, shape);
        Decoding decoding = new Decoding(format.decoder(shape), GridContract.boundless("a"), 6L * START);

        // When
        assertThatThrownBy(() -> decoding.inputs(body, length)).isInstanceOf(SlabLimitException.class);

        // Then
        assertThat(decoding.peakBytes()).isEqualTo(6L * START);
        decoding.requireAllReleased();
    }

    @Test
    void givesBackEarlierFieldsWhereMemoryIsShort() {
        // Given
        byte[] body = new Archives()
                .stored("a.npy", Fixtures.npy("<f4", "(64, 64)", new byte[1 << 14]))
                .deflated("b.npy", Fixtures.npy("<f8", "(256, 256)", new byte[1 << 19]))
                .finish();
        Decoding decoding = new Decoding(new NpzDecoder(), GridContract.boundless("a", "b"), 3L * START);

        // When
        assertThatThrownBy(() -> decoding.inputs(body, BodyLength.TOLD)).isInstanceOf(SlabLimitException.class);

        // Then
        assertThat(decoding.peakBytes()).isGreaterThan(START);
        decoding.requireAllReleased();
    }

    @Test
    void givesBackWhatItHoldsWhereMemoryIsShortToTranspose() {
        // Given
        String dictionary = "{'descr': '<f4', 'fortran_order': True, 'shape': (128, 128), }";
        byte[] body = Fixtures.npy(dictionary, new byte[START]);
        Decoding decoding = new Decoding(new NpyDecoder(), GridContract.of("a"), START);

        // When
        assertThatThrownBy(() -> decoding.inputs(body, BodyLength.TOLD)).isInstanceOf(SlabLimitException.class);

        // Then
        assertThat(decoding.peakBytes()).isEqualTo(START);
        decoding.requireAllReleased();
    }

    static Stream<Arguments> stalls() {
        return Arrays.stream(BodyFormat.values())
                .flatMap(format -> Stream.of(0, 200, 2000).map(arrived -> Arguments.arguments(format, arrived)));
    }

    private static byte[] encode(BodyFormat format, Shape shape) {
        try (Tensor tensor = Tensors.random(shape, 42)) {
            return format.encode(tensor, shape);
        }
    }

    /** A body in pieces of at most 1,000 bytes, which notes how much is taken whenever more of it is asked for. */
    private static final class Watched extends FilterInputStream {
        private static final int PIECE = 1000;

        private final int length;
        private final Decoding decoding;
        private long mostBeyondTwiceWhatCame = Long.MIN_VALUE;

        Watched(byte[] body, Decoding decoding) {
            super(new ByteArrayInputStream(body));
            this.length = body.length;
            this.decoding = decoding;
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            long came = (long) length - in.available();
            mostBeyondTwiceWhatCame = Math.max(mostBeyondTwiceWhatCame, decoding.takenBytes() - 2 * came);
            return in.read(target, offset, Math.min(count, PIECE));
        }
    }
}
