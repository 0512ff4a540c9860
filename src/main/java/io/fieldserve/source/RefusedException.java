package io.fieldserve.source;

import java.io.IOException;

/** A source, or whoever lets callers in to it, answered that it gives nothing. */
final class RefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }

    RefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
