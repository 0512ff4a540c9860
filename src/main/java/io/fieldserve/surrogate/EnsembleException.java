package io.fieldserve.surrogate;

/** The runtime could not open or run an ensemble. The message is for the operator's log. */
public final class EnsembleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EnsembleException(String message, Throwable cause) {
        super(message, cause);
    }

    public EnsembleException(String message) {
        super(message);
    }
}
