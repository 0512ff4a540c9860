package io.fieldserve.openinference;

import io.fieldserve.prediction.Quantity;
import io.fieldserve.surrogate.Field;
import io.fieldserve.surrogate.Manifest;
import java.util.ArrayList;
import java.util.List;

/**
 * What the protocol says of a model: its tensors, and which of its versions are served.
 *
 * @param versions ascending
 */
public record ModelMetadata(
        String name,
        List<String> versions,
        String platform,
        List<TensorMetadata> inputs,
        List<TensorMetadata> outputs) {

    private static final String PLATFORM = "onnx_onnxv1";

    public ModelMetadata {
        versions = List.copyOf(versions);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /**
     * One tensor.
     *
     * @param shape -1 for a dimension that may vary
     */
    public record TensorMetadata(String name, String datatype, List<Long> shape) {
        public TensorMetadata {
            shape = List.copyOf(shape);
        }
    }

    /** The metadata of one version. */
    public static ModelMetadata of(Manifest manifest, List<Integer> versions) {
        return new ModelMetadata(
                manifest.name(),
                versions.stream().map(String::valueOf).toList(),
                PLATFORM,
                manifest.inputs().stream()
                        .map(field -> tensor(field.name(), shape(field, manifest)))
                        .toList(),
                ModelOutput.of(manifest).stream()
                        .map(output -> tensor(output.name(), shape(output, manifest)))
                        .toList());
    }

    private static TensorMetadata tensor(String name, List<Long> shape) {
        return new TensorMetadata(name, Datatype.FP32.name(), shape);
    }

    private static List<Long> shape(ModelOutput output, Manifest manifest) {
        List<Long> shape = new ArrayList<>(shape(output.field(), manifest));
        if (output.quantity() == Quantity.MEMBERS) {
            shape.addFirst((long) manifest.ensemble().members());
        }
        return shape;
    }

    private static List<Long> shape(Field field, Manifest manifest) {
        return manifest.shape(field).stream().map(Integer::longValue).toList();
    }
}
