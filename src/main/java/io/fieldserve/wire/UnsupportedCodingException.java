package io.fieldserve.wire;

import java.io.Serial;

/** A body is compressed in a way that isn't read. */
public final class UnsupportedCodingException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final String coding;

    public UnsupportedCodingException(String coding) {
        super("no decoder for " + coding);
        this.coding = coding;
    }

    /** What the Content-Encoding header says. */
    String coding() {
        return coding;
    }
}
