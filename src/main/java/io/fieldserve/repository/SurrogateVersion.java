package io.fieldserve.repository;

import io.fieldserve.surrogate.Ensemble;
import io.fieldserve.surrogate.Manifest;
import java.nio.file.Path;

/** One version, opened: what it says of itself, what runs it and where its files lie. */
public record SurrogateVersion(Manifest manifest, Ensemble ensemble, Path folder) {}
