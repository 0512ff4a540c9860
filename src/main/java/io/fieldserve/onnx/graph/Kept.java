package io.fieldserve.onnx.graph;

/**
 * Part of an axis: its first {@code front} and its last {@code back} entries, as the modes that a Fourier layer keeps.
 *
 * <p>A tensor cut down to a part keeps it in order. So whatever counts entries from the front or from the end, and
 * reaches no further than the part, finds the same entries in it.
 */
record Kept(long front, long back) {

    /** Nothing. */
    static final Kept NONE = new Kept(0, 0);

    /** The whole axis. */
    static final Kept ALL = new Kept(Long.MAX_VALUE, Long.MAX_VALUE);

    boolean isAll() {
        return equals(ALL);
    }

    /** The smallest part that holds both. */
    Kept and(Kept other) {
        return new Kept(Math.max(front, other.front), Math.max(back, other.back));
    }

    /** This part of an axis of the given length: the whole axis where that is no longer. */
    Kept of(Length length) {
        boolean whole = length instanceof Length.Static size && (front >= size.value() - Math.min(back, size.value()));
        return whole || equals(NONE) ? ALL : this;
    }
}
