package io.fieldserve.surrogate;

import java.nio.file.Path;

/** Opens the graphs of one version. */
public interface EnsembleOpener {

    /**
     * Opens every graph that the manifest names.
     *
     * @param manifest of the version
     * @param folder that holds its files
     * @throws EnsembleException a graph can't be opened or doesn't have the inputs and outputs the manifest names
     */
    Ensemble open(Manifest manifest, Path folder);
}
