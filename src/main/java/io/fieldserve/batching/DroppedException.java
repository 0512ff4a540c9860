package io.fieldserve.batching;

/** Thrown where work ended without having run. It records no stack trace: this is an answer, not a defect. */
public final class DroppedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why work was dropped. */
    public enum Cause {
        /** Its deadline passed. */
        DEADLINE,
        /** Nobody wanted it any more. */
        CANCELLED,
        /** Nothing runs any more. */
        CLOSED
    }

    private final Cause why;

    DroppedException(Cause why) {
        super("dropped before it ran: " + why, null, false, false);
        this.why = why;
    }

    /** Why it was dropped. */
    public Cause why() {
        return why;
    }
}
