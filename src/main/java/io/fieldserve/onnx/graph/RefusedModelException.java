package io.fieldserve.onnx.graph;

/** A model file that is not to be opened; the message says why, in one sentence. */
public final class RefusedModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedModelException(String reason) {
        super(reason);
    }

    RefusedModelException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
