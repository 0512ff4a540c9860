package io.fieldserve.surrogate;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * A file of the version's folder.
 *
 * @param path file name within the folder, without separators
 * @param sha256 lower-case hexadecimal digest of its bytes; always there in a manifest, never for a plain model
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record FileDigest(String path, Optional<String> sha256) {}
