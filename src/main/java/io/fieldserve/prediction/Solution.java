package io.fieldserve.prediction;

import io.fieldserve.tensor.Tensor;
import java.util.Map;

/**
 * What one request gets out of a batch, by output field. The arrays are views of memory that the requests of the batch
 * share, which goes back when the last of them has closed its solution.
 *
 * @param mean {@code [B, C, axes...]}, B being the request's own
 * @param std likewise
 * @param members {@code [M, B, C, axes...]}; empty where they were not asked for
 */
record Solution(Map<String, Tensor> mean, Map<String, Tensor> std, Map<String, Tensor> members, Runnable release)
        implements AutoCloseable {

    @Override
    public void close() {
        release.run();
    }
}
