package io.fieldserve.surrogate;

import io.fieldserve.surrogate.EnsembleFiles.Layout;
import io.fieldserve.tensor.DataType;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A graph without a manifest, served as an ensemble of one under the names of its own inputs and outputs. Their first axis
 * is the batch, the second the channels; one that has no second is a number a case.
 */
public final class PlainModel {

    /** The only file of such a version that is looked at. */
    public static final String FILE_NAME = "model.onnx";

    private static final Predicate<String> NAME =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}").asMatchPredicate();

    private PlainModel() {}

    /**
     * One input or output.
     *
     * @param role in messages, such as {@code input 'x'}
     * @param shape as the graph declares it, -1 where any length goes
     * @param axes names of the axes after the channels
     * @throws InvalidManifestException it isn't {@code [batch, channels, axes...]}
     */
    public static Field field(String role, String name, List<Integer> shape, List<String> axes) {
        require(!shape.isEmpty(), "%s has no axes, expected [batch, channels, axes...]".formatted(role));
        int channels = shape.size() == 1 ? 1 : shape.get(1);
        require(
                channels >= 1 && !shape.contains(0),
                "%s has shape %s, expected a fixed number of channels on its second axis and no length of 0"
                        .formatted(role, shape));
        require(
                shape.stream().allMatch(length -> length == -1 || length > 0),
                "%s has shape %s, expected lengths of 1 or more, or none where any goes".formatted(role, shape));
        return new Field(
                name,
                Optional.empty(),
                Optional.empty(),
                axes,
                channels,
                Optional.empty(),
                DataType.FLOAT32,
                Optional.empty(),
                // The range of values is unknown, and so is whether NaN means something.
                false,
                Optional.of(shape));
    }

    /**
     * All that is known of such a version.
     *
     * @throws InvalidManifestException the inputs and outputs can't be those of one batch
     */
    public static Manifest manifest(String name, int version, List<Field> inputs, List<Field> outputs) {
        require(NAME.test(name), "'%s' is no name of letters, digits, '.', '_', '-'".formatted(name));
        require(!inputs.isEmpty() && !outputs.isEmpty(), "the graph lacks inputs or outputs");
        Manifest manifest = new Manifest(
                Optional.empty(),
                name,
                version,
                name,
                "An ONNX graph without a manifest: its fields are those of the graph, and nothing is known of how it was"
                        + " trained or how accurate it is.",
                Optional.empty(),
                inputs,
                outputs,
                Optional.empty(),
                new EnsembleFiles(Layout.SEPARATE, 1, List.of(new FileDigest(FILE_NAME, Optional.empty()))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        inputs.forEach(input -> requireBatch(manifest, "input", input));
        outputs.forEach(output -> requireBatch(manifest, "output", output));
        return manifest;
    }

    /** A fixed batch is one for all. */
    private static void requireBatch(Manifest manifest, String role, Field field) {
        int own = manifest.shape(field).getFirst();
        require(
                own == -1 || manifest.batch().equals(Optional.of(own)),
                "%s '%s' has a batch of %d, the inputs have %s"
                        .formatted(
                                role,
                                field.name(),
                                own,
                                manifest.batch().map(String::valueOf).orElse("any")));
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new InvalidManifestException(message);
        }
    }
}
