package io.fieldserve.prediction;

import io.fieldserve.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads archives of named arrays that ship with a surrogate. */
@FunctionalInterface
public interface ArrayArchive {

    /**
     * Reads the named arrays as they are stored.
     *
     * @return new tensors, which the caller closes
     * @throws IOException the file can't be read
     * @throws FailureException it lacks an array or isn't an archive
     */
    Map<String, Tensor> read(Path archive, List<String> names) throws IOException;
}
