package io.fieldserve.codec;

import static io.fieldserve.fuzz.FuzzTarget.require;

import io.fieldserve.fuzz.FuzzSeeds;
import java.util.List;
import java.util.stream.Stream;

/** NPZ bodies; and archives made of the input, which hold what the input does as an NPY body. */
public final class NpzFuzz extends DecoderFuzz {

    private static final GridContract ONE = GridContract.of("a");

    @Override
    public void run(byte[] input) throws Exception {
        judge(new NpzDecoder(), GridContract.of("f4", "f8"), input);
        judge(new NpzDecoder(), ONE, input);
        Verdict alone = judge(new NpyDecoder(), ONE, input);
        byte[] stored = new Archives().stored("a.npy", input).finish();
        byte[] deflated = new Archives().deflated("a.npy", input).finish();
        for (byte[] archive : List.of(stored, deflated)) {
            Verdict packed = judge(new NpzDecoder(), ONE, archive);
            require(alone.fields().equals(packed.fields()), "in an archive as alone: " + alone + " but " + packed);
        }
    }

    @Override
    public Stream<byte[]> seeds() {
        byte[] array = Fixtures.read("f4.npy");
        return Stream.of(
                        FuzzSeeds.files("codec", ".npz"),
                        Stream.of(
                                array,
                                new Archives().stored("a.npy", array).finish(),
                                new Archives().deflated("a.npy", array).finish(),
                                new Archives()
                                        .stored("f4.npy", array)
                                        .deflated("f8.npy", Fixtures.read("f8.npy"))
                                        .finish()))
                .flatMap(seeds -> seeds);
    }

    @Override
    public List<String> words() {
        return List.of(
                "PK\u0003\u0004",
                "PK\u0001\u0002",
                "PK\u0005\u0006",
                "PK\u0006\u0006",
                "PK\u0006\u0007",
                "PK\u0007\u0008",
                "\u00ff\u00ff\u00ff\u00ff",
                "\u0001\u0000\u0010\u0000",
                "a.npy",
                "f4.npy",
                "f8.npy");
    }
}
