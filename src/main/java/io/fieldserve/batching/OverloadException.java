package io.fieldserve.batching;

import java.time.Duration;

/** Thrown where work is not taken on for now. It records no stack trace: this is an answer, not a defect. */
public final class OverloadException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Duration retryAfter;

    OverloadException(String message, Duration retryAfter) {
        super(message, null, false, false);
        this.retryAfter = retryAfter;
    }

    /** How long what waits now is likely to take. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
