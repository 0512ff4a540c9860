package io.fieldserve.surrogate;

/** A manifest, or a graph that has none, that can't be served from; the message says what is wrong with it. */
public final class InvalidManifestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidManifestException(String message) {
        super(message);
    }

    public InvalidManifestException(String message, Throwable cause) {
        super(message, cause);
    }
}
