package io.fieldserve.source;

import java.util.Optional;

/**
 * How a source is doing.
 *
 * @param revision what was fetched of it, perhaps by an earlier process
 * @param trouble of what kind the failure was when it was last tried, in fixed words that name no host, path or account
 */
public record SourceState(String name, Optional<String> revision, Optional<String> trouble) {}
