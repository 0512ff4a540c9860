package io.fieldserve.surrogate;

import java.nio.file.Path;
import java.util.List;

/** Knows what graphs say of themselves, and how those of a version can be run. */
public interface EnsembleOpener {

    /**
     * The ways in which the members can be run: the plainest first, then those that may be faster. Nothing is opened yet.
     *
     * @param manifest of the version
     * @param folder that holds its files
     */
    List<EnsembleVariant> variants(Manifest manifest, Path folder);

    /**
     * Describes a graph that comes without a manifest.
     *
     * @throws InvalidManifestException it can't be served without one
     * @throws EnsembleException it can't be opened
     */
    Manifest describe(Path graph, String name, int version);

    /** Opens the members in the plainest way. */
    default Ensemble open(Manifest manifest, Path folder) {
        return variants(manifest, folder).getFirst().open();
    }
}
