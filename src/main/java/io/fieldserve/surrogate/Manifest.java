package io.fieldserve.surrogate;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code surrogate.json} says of one version: the problem it solves, the fields it takes and returns, how its
 * ensemble lies on disk, how its uncertainty was calibrated and how well it did on held-out data.
 *
 * <p>Read by {@link ManifestReader}, which refuses a manifest that contradicts itself; so whoever holds one may rely on
 * it. The JSON Schema is published at {@code /schema/surrogate-v1.json}.
 */
public record Manifest(
        int schemaVersion,
        String name,
        int version,
        String title,
        String description,
        Pde pde,
        List<Field> inputs,
        List<Field> outputs,
        GridLimits grid,
        EnsembleFiles ensemble,
        GoldenCase golden,
        Optional<ExampleFile> examples,
        Calibration calibration,
        List<TestError> testErrors,
        Training training,
        ReferenceSolver referenceSolver,
        String licence) {

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

    /** Every file of the version's folder that this manifest vouches for. */
    public Stream<FileDigest> files() {
        return Stream.of(
                        ensemble.files().stream(),
                        Stream.of(new FileDigest(golden.path(), golden.sha256())),
                        examples.stream().map(file -> new FileDigest(file.path(), file.sha256())))
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
