package io.fieldserve.prediction;

/**
 * Carries a {@link Failure} to where it is answered. It records no stack trace: a failure is an answer, not a defect,
 * and callers can provoke any number of them.
 */
public final class FailureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public FailureException(Failure failure) {
        super(failure.detail(), null, false, false);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
