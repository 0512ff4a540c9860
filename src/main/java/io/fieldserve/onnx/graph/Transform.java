package io.fieldserve.onnx.graph;

import io.fieldserve.onnx.graph.proto.Onnx.NodeProto;
import java.util.ArrayList;
import java.util.List;

/**
 * A DFT node whose meaning is known.
 *
 * @param node the node
 * @param axis that is transformed, counted from the front
 * @param inputShape of the values before the transform, real and imaginary part in the last axis
 * @param signal number of points of the transformed signal
 * @param inverse whether it goes from modes to points
 * @param onesided whether it takes or gives only the modes of a real signal that aren't conjugates of others
 * @param whole whether it reads its input as it is, neither padded nor cut
 */
record Transform(
        NodeProto node,
        int axis,
        List<Length> inputShape,
        Length signal,
        boolean inverse,
        boolean onesided,
        boolean whole) {

    Transform {
        inputShape = List.copyOf(inputShape);
    }

    String input() {
        return node.getInput(0);
    }

    String output() {
        return node.getOutput(0);
    }

    int rank() {
        return inputShape.size();
    }

    /** 1 for real values, 2 for complex ones. */
    int inputComponents() {
        return inputShape.getLast().equals(new Length.Static(1)) ? 1 : 2;
    }

    /** 1 for real values, 2 for complex ones. */
    int outputComponents() {
        return inverse && onesided ? 1 : 2;
    }

    /** Entries along the axis that are read. */
    Length read() {
        return inverse && onesided ? new Length.OneSided(signal) : signal;
    }

    /** Entries along the axis that are written. */
    Length written() {
        return !inverse && onesided ? new Length.OneSided(signal) : signal;
    }

    List<Length> outputShape() {
        List<Length> shape = new ArrayList<>(inputShape);
        shape.set(axis, simplified(written()));
        shape.set(rank() - 1, new Length.Static(outputComponents()));
        return shape;
    }

    /** The same length, as a number where it is one. */
    static Length simplified(Length length) {
        return length instanceof Length.OneSided(Length.Static(long points))
                ? new Length.Static(points / 2 + 1)
                : length;
    }
}
