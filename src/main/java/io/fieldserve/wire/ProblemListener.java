package io.fieldserve.wire;

/** Hears of every request that is answered with a failure, whatever API it came through. It returns at once. */
@FunctionalInterface
public interface ProblemListener {

    /** A request is about to be answered with this. */
    void replying(Problem problem);
}
