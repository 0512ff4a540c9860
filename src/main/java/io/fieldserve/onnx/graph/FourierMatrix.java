package io.fieldserve.onnx.graph;

import io.fieldserve.onnx.graph.proto.Onnx.TensorProto.DataType;
import java.util.List;

/**
 * Builds the real matrix of a discrete Fourier transform inside a graph, from whatever length the signal has in a run.
 *
 * <p>The entry for input j and output k is the cosine of 2 pi (j k / N + d / 4), where d, a number of quarter turns,
 * turns cosine into sine for the imaginary parts. The angle is reduced in whole numbers, to one of 4 N steps of a turn,
 * and looked up in a table of their cosines in double precision: exact to the last rounding, however fine the grid.
 */
final class FourierMatrix {

    private static final int REAL_AND_IMAGINARY = 2;

    private final Nodes nodes;

    FourierMatrix(Nodes nodes) {
        this.nodes = nodes;
    }

    /**
     * The matrix {@code [rows x components, columns x components]}.
     *
     * @param transform that the matrix carries out
     * @param rows the inputs that it takes, a vector of indices
     * @param columns the outputs that it gives, a vector of indices
     */
    String build(Transform transform, String rows, String columns) {
        String points = nodes.length(transform.signal());
        String turn = nodes.times(points, nodes.scalar(4));
        String row = nodes.add("Reshape", List.of(rows, nodes.vector(-1, 1, 1, 1)));
        String column = nodes.add("Reshape", List.of(columns, nodes.vector(1, 1, -1, 1)));
        String angle = nodes.plus(
                nodes.times(nodes.times(row, nodes.scalar(4)), column), nodes.times(quarterTurns(transform), points));
        String reduced = nodes.add("Mod", List.of(angle, turn));
        String matrix = nodes.add("Gather", List.of(cosines(turn), reduced));
        if (transform.inverse()) {
            matrix = nodes.times(matrix, weights(transform, row, points));
        }
        return nodes.add(
                "CastLike",
                List.of(nodes.add("Flatten", List.of(matrix), Attributes.integer("axis", 2)), transform.input()));
    }

    /** Cosines of all steps of a turn. */
    private String cosines(String turn) {
        String step = nodes.add("Div", List.of(nodes.scalar(2 * Math.PI), real(turn)));
        return nodes.add("Cos", List.of(nodes.times(real(nodes.count(turn)), step)));
    }

    /** By component of input and output: a quarter turn forth or back where one is real and the other imaginary. */
    private String quarterTurns(Transform transform) {
        long direction = transform.inverse() ? -1 : 1;
        int inputs = transform.inputComponents();
        int outputs = transform.outputComponents();
        long[] quarters = new long[inputs * outputs];
        for (int input = 0; input < inputs; input++) {
            for (int output = 0; output < outputs; output++) {
                int turn = output - input;
                quarters[input * outputs + output] = direction * turn;
            }
        }
        return nodes.tensor(List.of(1L, (long) inputs, 1L, (long) outputs), quarters);
    }

    /** 1 / N; twice that for the modes of a one-sided spectrum that stand for their conjugates too. */
    private String weights(Transform transform, String row, String points) {
        String one = nodes.add("Div", List.of(nodes.scalar(1.0), real(points)));
        if (!transform.onesided()) {
            return one;
        }
        String isPaired = nodes.add(
                "Min",
                List.of(
                        nodes.add("Mod", List.of(nodes.times(row, nodes.scalar(REAL_AND_IMAGINARY)), points)),
                        nodes.scalar(1)));
        return nodes.times(real(nodes.plus(isPaired, nodes.scalar(1))), one);
    }

    private String real(String integers) {
        return nodes.add("Cast", List.of(integers), Attributes.integer("to", DataType.DOUBLE_VALUE));
    }
}
