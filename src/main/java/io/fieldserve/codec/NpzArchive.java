package io.fieldserve.codec;

import io.fieldserve.prediction.ArrayArchive;
import io.fieldserve.prediction.InputContract;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.tensor.TensorAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** NPZ files that ship with a surrogate, read by the decoder that reads requests. */
public final class NpzArchive implements ArrayArchive {

    private final TensorAllocator allocator;

    public NpzArchive(TensorAllocator allocator) {
        this.allocator = allocator;
    }

    @Override
    public Map<String, Tensor> read(Path archive, List<String> names) throws IOException {
        try (InputStream bytes = Files.newInputStream(archive)) {
            return read(bytes, Files.size(archive), names);
        }
    }

    /** The same for an archive of so many bytes, wherever it comes from. */
    Map<String, Tensor> read(InputStream archive, long length, List<String> names) {
        // The tensors pass to the caller, so the decoded inputs are not closed.
        return new NpzDecoder()
                .decode(archive, OptionalLong.of(length), new AsStored(names), allocator).fields().values().stream()
                        .collect(Collectors.toMap(DecodedField::name, DecodedField::tensor));
    }

    /** Takes arrays of any shape and value: the file is vouched for by its digest. */
    private record AsStored(List<String> fieldNames) implements InputContract {
        private static final int MAXIMUM_RANK = 8;

        @Override
        public Shape admit(String field, Shape announced) {
            return announced;
        }

        @Override
        public int maximumRank(String field) {
            return MAXIMUM_RANK;
        }

        @Override
        public long maximumElements(String field) {
            return Integer.MAX_VALUE;
        }

        @Override
        public boolean finiteOnly(String field) {
            return false;
        }
    }
}
