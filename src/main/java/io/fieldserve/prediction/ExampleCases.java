package io.fieldserve.prediction;

import io.fieldserve.repository.SurrogateVersion;
import io.fieldserve.surrogate.ExampleFile;
import io.fieldserve.surrogate.Field;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
        List<String> wanted = manifest.inputs().stream().map(Field::name).toList();
        long index = Math.floorMod(seed, (long) file.cases());
        try {
            Map<String, Tensor> all = archive.read(version.folder().resolve(file.path()), stored(manifest));
            return new Example(
                    manifest,
                    slices(all, reference ? stored(manifest) : wanted, index),
                    () -> all.values().forEach(Tensor::close));
        } catch (FailureException e) {
            // Not the caller's doing: the archive lacks what the manifest promises.
            throw new IllegalStateException("the examples don't match the manifest: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("the examples can't be read", e);
        }
    }

    /**
     * Returns if the last case, and so every case, can be picked.
     *
     * @throws RuntimeException the archive lacks what the manifest promises
     */
    public void verify(SurrogateVersion version) {
        version.manifest()
                .examples()
                .ifPresent(file -> pick(version, file.cases() - 1, true).close());
    }

    private static List<String> stored(Manifest manifest) {
        return Stream.concat(
                        manifest.inputs().stream().map(Field::name),
                        manifest.outputs().stream().map(output -> REFERENCE_PREFIX + output.name()))
                .toList();
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
