package io.fieldserve.prediction;

import io.fieldserve.repository.SurrogateVersion;
import io.fieldserve.surrogate.ExampleFile;
import io.fieldserve.surrogate.Field;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The held-out cases that ship with a surrogate. */
public final class ExampleCases {

    /** What the reference solver's solution of an output field is called, after its name. */
    public static final String REFERENCE_PREFIX = "reference.";

    private final ArrayArchive archive;

    public ExampleCases(ArrayArchive archive) {
        this.archive = archive;
    }

    /**
     * The case that a seed picks, as {@code [1, C, axes...]}. Seeds beyond the number of cases start over.
     *
     * @param reference whether the reference solver's solutions come along
     * @return new tensors by input field, and by {@code reference.<output field>}; the caller closes them
     * @throws FailureException this version ships no examples
     */
    public Example pick(SurrogateVersion version, long seed, boolean reference) {
        Manifest manifest = version.manifest();
        ExampleFile file = manifest.examples()
                .orElseThrow(() -> new Failure.NoExamples(manifest.name(), manifest.version()).asException());
        List<String> wanted =
                new ArrayList<>(manifest.inputs().stream().map(Field::name).toList());
        List<String> stored = new ArrayList<>(wanted);
        manifest.outputs().forEach(output -> stored.add(REFERENCE_PREFIX + output.name()));
        long index = Math.floorMod(seed, (long) file.cases());
        try {
            Map<String, Tensor> all = archive.read(version.folder().resolve(file.path()), stored);
            return new Example(
                    manifest,
                    slices(all, reference ? stored : wanted, index),
                    () -> all.values().forEach(Tensor::close));
        } catch (FailureException e) {
            // Not the caller's doing: the archive lacks what the manifest promises.
            throw new IllegalStateException("the examples don't match the manifest: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("the examples can't be read", e);
        }
    }

    private static Map<String, Tensor> slices(Map<String, Tensor> all, List<String> names, long index) {
        try {
            Map<String, Tensor> picked = new LinkedHashMap<>();
            names.forEach(name -> picked.put(name, all.get(name).batchSlice(index, index + 1)));
            return picked;
        } catch (RuntimeException e) {
            all.values().forEach(Tensor::close);
            throw e;
        }
    }

    /**
     * One case.
     *
     * @param arrays views by name, {@code [1, C, axes...]}
     */
    public record Example(Manifest manifest, Map<String, Tensor> arrays, Scope.Closeable owner)
            implements AutoCloseable {
        @Override
        public void close() {
            owner.close();
        }
    }
}
