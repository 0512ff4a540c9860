package io.fieldserve.source;

import java.util.Optional;

/**
 * How a source is doing.
 *
 * @param revision what was fetched of it, perhaps by an earlier process
 * @param trouble why it could not be renewed when it was last tried
 */
public record SourceState(String name, Optional<String> revision, Optional<String> trouble) {}
