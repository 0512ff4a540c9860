package io.fieldserve.source;

import java.nio.file.Path;

/**
 * Where a transfer may write.
 *
 * @param tree to be filled; empty at first
 * @param scratch for all else; goes afterwards
 * @param previous what the last transfer left in its tree, not to be written to
 */
record Staging(Path tree, Path scratch, Path previous) {}
