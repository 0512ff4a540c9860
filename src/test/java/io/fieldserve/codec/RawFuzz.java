package io.fieldserve.codec;

import static io.fieldserve.fuzz.FuzzTarget.require;

import io.fieldserve.tensor.Shape;
import java.util.Arrays;
import java.util.stream.Stream;

/** Raw bodies behind three bytes that are their shape; they hold what they do as the elements of an NPY body. */
public final class RawFuzz extends DecoderFuzz {

    private static final GridContract CONTRACT = GridContract.of("a");
    private static final int RANK = 3;

    @Override
    public void run(byte[] input) throws Exception {
        if (input.length < RANK) {
            return;
        }
        Shape shape = Shape.of(input[0] & 0x7f, input[1] & 0x7f, input[2] & 0x7f);
        byte[] body = Arrays.copyOfRange(input, RANK, input.length);
        Verdict raw = judge(new RawDecoder(shape), CONTRACT, body);
        String dims = "(%d, %d, %d)".formatted(shape.dim(0), shape.dim(1), shape.dim(2));
        Verdict npy = judge(new NpyDecoder(), CONTRACT, Fixtures.npy("<f4", dims, body));
        require(raw.fields().equals(npy.fields()), "as in NPY: " + raw + " but " + npy);
    }

    @Override
    public Stream<byte[]> seeds() {
        return Stream.of(
                Fixtures.join(new byte[] {1, 2, 2}, Fixtures.bytes(1, -2, 3.5f, 0)),
                Fixtures.join(new byte[] {1, 1, 1}, Fixtures.bytes(Float.POSITIVE_INFINITY)),
                new byte[] {0, 1, 1});
    }
}
