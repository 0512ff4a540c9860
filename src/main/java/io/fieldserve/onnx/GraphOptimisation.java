package io.fieldserve.onnx;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;

/** How far ONNX Runtime rewrites a graph when it opens it. */
public enum GraphOptimisation {
    NONE(OptLevel.NO_OPT),
    /** Constants are folded, what has no effect is removed. */
    BASIC(OptLevel.BASIC_OPT),
    /** Nodes are fused as well. */
    EXTENDED(OptLevel.EXTENDED_OPT),
    /** Memory layout is changed as well. */
    ALL(OptLevel.ALL_OPT);

    private final OptLevel level;

    GraphOptimisation(OptLevel level) {
        this.level = level;
    }

    OptLevel level() {
        return level;
    }
}
