package io.fieldserve.onnx;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What every session is given.
 *
 * @param intraOpThreads that one run of one graph uses; by default as many as each of the graphs that run side by side
 *     can have to itself
 * @param spinning whether those threads wait for work by spinning, which answers a lone caller sooner and takes
 *     processor time from all others
 * @param arena whether memory is kept between runs of ordinary size
 * @param rewriting whether graphs are rewritten into faster ones where that can be
 * @param cache folder of optimised graphs, by which an unchanged one opens sooner; made if it isn't there
 */
public record SessionSettings(
        OptionalInt intraOpThreads,
        boolean spinning,
        boolean arena,
        GraphOptimisation optimisation,
        boolean rewriting,
        Optional<Path> cache) {

    public SessionSettings {
        if (intraOpThreads.isPresent() && intraOpThreads.getAsInt() < 1) {
            throw new IllegalArgumentException("a graph needs at least one thread, not " + intraOpThreads.getAsInt());
        }
    }

    /** What is taken when nothing is configured. */
    public static SessionSettings defaults() {
        return new SessionSettings(OptionalInt.empty(), false, true, GraphOptimisation.ALL, true, Optional.empty());
    }
}
