package io.fieldserve.prediction;

/** Whoever asked, as far as it matters here: they may go away. */
@FunctionalInterface
public interface Caller {
    /** One that never goes. */
    Caller STAYS = action -> {};

    /** Runs {@code action} once, on any thread, when the caller goes before having the answer, or has gone already. */
    void whenGone(Runnable action);
}
