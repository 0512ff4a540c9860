package io.fieldserve.onnx.graph;

/** A graph that breaks the rules of ONNX's operators, so that nothing can be told of it. Stays inside this package. */
final class MalformedGraphException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedGraphException(String what) {
        super(what, null, false, false);
    }
}
