package io.fieldserve.onnx.graph;

/** Length of an axis. Two that are equal are the same number in every run; two that differ may be, too. */
sealed interface Length {

    /** Known from the graph. */
    record Static(long value) implements Length {}

    /** Known when the graph runs: that of an axis of a value. */
    record Dimension(String value, int axis) implements Length {}

    /** Number of modes of the one-sided transform of a real signal, n / 2 + 1. */
    record OneSided(Length signal) implements Length {}

    /** Known when the graph runs: a value with one integer. */
    record Scalar(String value) implements Length {}
}
