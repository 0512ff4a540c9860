package io.fieldserve.codec;

import io.fieldserve.fuzz.FuzzMemory;
import io.fieldserve.fuzz.FuzzSeeds;
import io.fieldserve.fuzz.FuzzTarget;
import io.fieldserve.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.Stream;

/** The archives of golden cases and examples. */
public final class ArchiveFuzz implements FuzzTarget {

    private final FuzzMemory memory = new FuzzMemory();

    @Override
    public void run(byte[] input) throws Exception {
        memory.refusal(() -> new NpzArchive(memory)
                .read(new ByteArrayInputStream(input), input.length, List.of("f4", "f8"))
                .values()
                .forEach(Tensor::close));
    }

    @Override
    public Stream<byte[]> seeds() {
        return Stream.concat(
                FuzzSeeds.files("codec", ".npz"),
                Stream.of(new Archives()
                        .stored("f4.npy", Fixtures.read("f4.npy"))
                        .deflated("f8.npy", Fixtures.read("f8.npy"))
                        .finish()));
    }

    @Override
    public List<String> words() {
        return new NpzFuzz().words();
    }
}
