package io.fieldserve.wire;

/** Takes what belongs to a call beside its arguments, such as its place in a trace, over to the thread that goes on with it. */
@FunctionalInterface
public interface Handover {

    /** The work as another thread is to run it. Called on the thread that hands it over. */
    Runnable over(Runnable work);
}
