package io.fieldserve.surrogate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What {@code surrogate.json} says of one version: the problem it solves, the fields it takes and returns, how its
 * ensemble lies on disk, how its uncertainty was calibrated and how well it did on held-out data.
 *
 * <p>Read by {@link ManifestReader}, which refuses a manifest that lacks something (but examples) or contradicts itself; so
 * whoever holds one may rely on it. The JSON Schema is published at {@code /schema/surrogate-v1.json}.
 *
 * <p>A {@link PlainModel} gives one too, of what a graph says of itself: name, version, fields and file. Nothing else is
 * known of it, so nothing else is there.
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Manifest(
        Optional<Integer> schemaVersion,
        String name,
        int version,
        String title,
        String description,
        Optional<Pde> pde,
        List<Field> inputs,
        List<Field> outputs,
        Optional<GridLimits> grid,
        EnsembleFiles ensemble,
        Optional<GoldenCase> golden,
        @JsonSetter(nulls = Nulls.SET) Optional<ExampleFile> examples,
        Optional<Calibration> calibration,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TestError> testErrors,
        Optional<Training> training,
        Optional<ReferenceSolver> referenceSolver,
        Optional<String> licence) {

    /** The only version of the manifest format that this service reads. */
    public static final int SCHEMA_VERSION = 1;

    public Manifest {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        testErrors = List.copyOf(testErrors);
    }

    /** The input field of that name. */
    public Optional<Field> input(String field) {
        return inputs.stream()
                .filter(candidate -> candidate.name().equals(field))
                .findFirst();
    }

    /** Whether this describes a {@link PlainModel}, with outputs of the graph's own. */
    public boolean plain() {
        return schemaVersion.isEmpty();
    }

    /**
     * The shape of a field's array, {@code [B, channels, axes...]}, with -1 for each length that is the caller's choice; that
     * of a plain model's number a case is {@code [B]}, though everywhere else it's held as {@code [B, 1]}.
     */
    public List<Integer> shape(Field field) {
        return field.shape()
                .orElseGet(() -> Stream.concat(
                                Stream.of(-1, field.channels()),
                                IntStream.range(0, field.dimensions())
                                        .mapToObj(axis -> shortest(field, axis) == longest(field, axis)
                                                ? shortest(field, axis)
                                                : -1))
                        .toList());
    }

    /** How many cases every request must bring, where the graph takes no other number. */
    public Optional<Integer> batch() {
        return inputs.stream()
                .map(field -> shape(field).getFirst())
                .filter(length -> length != -1)
                .findFirst();
    }

    /** The least length that one of a field's axes may have. */
    public int shortest(Field field, int axis) {
        return grid.map(limits -> limits.minimum().get(axis)).orElseGet(() -> Math.max(1, declared(field, axis)));
    }

    /** The greatest length that one of a field's axes may have. */
    public int longest(Field field, int axis) {
        return grid.map(limits -> limits.maximum().get(axis))
                .orElseGet(() -> declared(field, axis) == -1 ? Integer.MAX_VALUE : declared(field, axis));
    }

    private static int declared(Field field, int axis) {
        return field.shape().orElseThrow().get(Field.LEADING_AXES + axis);
    }

    /** Every file of the version's folder that this manifest vouches for. */
    public Stream<FileDigest> files() {
        return Stream.of(
                        ensemble.files().stream(),
                        golden.stream().map(file -> new FileDigest(file.path(), Optional.of(file.sha256()))),
                        examples.stream().map(file -> new FileDigest(file.path(), Optional.of(file.sha256()))))
                .flatMap(files -> files);
    }

    /**
     * What an array of one quantity is called among the arrays of this surrogate, in graphs and in NPZ archives: the
     * quantity alone ({@code mean}) where there is one output field, else {@code <field>.<quantity>}.
     */
    public String arrayName(Field output, String quantity) {
        return outputs.size() == 1 ? quantity : output.name() + "." + quantity;
    }
}
