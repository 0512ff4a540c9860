package io.fieldserve.onnx.graph;

/** A rewritten model. */
public final class Rewritten {

    private final byte[] model;
    private final String description;

    Rewritten(byte[] model, String description) {
        this.model = model;
        this.description = description;
    }

    /** The model's bytes, which belong to the caller. */
    public byte[] model() {
        return model;
    }

    /** What was rewritten, for users: a phrase such as "8 DFT nodes replaced by matrix products". */
    public String description() {
        return description;
    }
}
