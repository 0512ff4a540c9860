package io.fieldserve.openinference;

import io.fieldserve.openinference.ModelMetadata.TensorMetadata;
import io.fieldserve.prediction.RequestLimits;
import io.fieldserve.surrogate.Manifest;
import java.util.List;

/**
 * The model configuration extension's account of a model, as far as it applies here.
 *
 * @param maxBatchSize most cases in a request; 0 where the model has no batch axis of any length, and then {@code dims} are
 *     whole shapes
 */
public record ModelConfiguration(
        String name,
        String platform,
        String backend,
        long maxBatchSize,
        List<TensorConfiguration> input,
        List<TensorConfiguration> output) {

    private static final String FLOAT32 = "TYPE_FP32";

    public ModelConfiguration {
        input = List.copyOf(input);
        output = List.copyOf(output);
    }

    /**
     * One tensor.
     *
     * @param dims without the batch axis; -1 for a dimension that may vary
     */
    public record TensorConfiguration(String name, String dataType, List<Long> dims) {
        public TensorConfiguration {
            dims = List.copyOf(dims);
        }
    }

    /** The configuration of one version. */
    public static ModelConfiguration of(Manifest manifest, RequestLimits limits) {
        ModelMetadata metadata = ModelMetadata.of(manifest, List.of());
        boolean batches = manifest.batch().isEmpty();
        return new ModelConfiguration(
                manifest.name(),
                "onnxruntime_onnx",
                "onnxruntime",
                batches ? limits.batch() : 0,
                metadata.inputs().stream().map(input -> tensor(input, batches)).toList(),
                metadata.outputs().stream()
                        .map(output -> tensor(output, batches))
                        .toList());
    }

    private static TensorConfiguration tensor(TensorMetadata tensor, boolean batches) {
        List<Long> shape = tensor.shape();
        // The batch axis of members isn't the first, so Triton's way of leaving it out can't be told for them.
        boolean leading = batches && shape.getFirst() < 0;
        return new TensorConfiguration(tensor.name(), FLOAT32, leading ? shape.subList(1, shape.size()) : shape);
    }
}
