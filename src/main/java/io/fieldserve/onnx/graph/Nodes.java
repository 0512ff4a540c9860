package io.fieldserve.onnx.graph;

import io.fieldserve.onnx.graph.proto.Onnx.AttributeProto;
import io.fieldserve.onnx.graph.proto.Onnx.GraphProto;
import io.fieldserve.onnx.graph.proto.Onnx.NodeProto;
import io.fieldserve.onnx.graph.proto.Onnx.TensorProto;
import io.fieldserve.onnx.graph.proto.Onnx.TensorProto.DataType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Adds nodes and constants to a graph. What is asked for twice is made once, so that all layers share the matrices of one
 * grid.
 */
final class Nodes {

    private final GraphProto.Builder graph;
    private final String prefix;
    private final Map<NodeProto, String> made = new HashMap<>();
    private final Map<TensorProto, String> constants = new HashMap<>();

    /**
     * Nodes at the end of a graph.
     *
     * @param prefix of all new names; nothing in the graph has it
     */
    Nodes(GraphProto.Builder graph, String prefix) {
        this.graph = graph;
        this.prefix = prefix;
    }

    /** The result of an operator with one output. */
    String add(String operator, List<String> inputs, AttributeProto... attributes) {
        NodeProto node = node(operator, inputs, attributes).build();
        return made.computeIfAbsent(node, same -> {
            String output = prefix + made.size();
            graph.addNode(same.toBuilder().addOutput(output).setName(output));
            return output;
        });
    }

    /** Gives the result of an operator a name of the caller's. */
    void define(String output, String operator, List<String> inputs, AttributeProto... attributes) {
        graph.addNode(node(operator, inputs, attributes).addOutput(output).setName(prefix + operator + "." + output));
    }

    private static NodeProto.Builder node(String operator, List<String> inputs, AttributeProto... attributes) {
        return NodeProto.newBuilder()
                .setOpType(operator)
                .addAllInput(inputs)
                .addAllAttribute(Arrays.asList(attributes));
    }

    String scalar(long value) {
        return constant(integers(List.of(), value));
    }

    String vector(long... values) {
        return constant(integers(List.of((long) values.length), values));
    }

    String tensor(List<Long> shape, long... values) {
        return constant(integers(shape, values));
    }

    String scalar(double value) {
        return constant(TensorProto.newBuilder()
                .setDataType(DataType.DOUBLE_VALUE)
                .addDoubleData(value)
                .build());
    }

    private static TensorProto integers(List<Long> shape, long... values) {
        return TensorProto.newBuilder()
                .setDataType(DataType.INT64_VALUE)
                .addAllDims(shape)
                .addAllInt64Data(LongStream.of(values).boxed().toList())
                .build();
    }

    private String constant(TensorProto tensor) {
        return constants.computeIfAbsent(tensor, same -> {
            String name = prefix + "constant." + constants.size();
            graph.addInitializer(same.toBuilder().setName(name));
            return name;
        });
    }

    /** The sum of integers, or of a tensor of them and a scalar. */
    String plus(String left, String right) {
        return add("Add", List.of(left, right));
    }

    String times(String left, String right) {
        return add("Mul", List.of(left, right));
    }

    /** 0, 1, ... up to before the end. */
    String count(String end) {
        return add("Range", List.of(scalar(0), end, scalar(1)));
    }

    /** A length as a scalar. */
    String length(Length length) {
        return switch (length) {
            case Length.Static(long value) -> scalar(value);
            case Length.Dimension(String value, int axis) -> dimension(value, axis);
            case Length.OneSided(Length signal) -> plus(add("Div", List.of(length(signal), scalar(2))), scalar(1));
            case Length.Scalar(String value) ->
                add(
                        "Reshape",
                        List.of(add("Cast", List.of(value), Attributes.integer("to", DataType.INT64_VALUE)), vector()));
        };
    }

    /** The length that an axis of a value has in this graph, as a scalar. */
    String dimension(String value, int axis) {
        String size =
                add("Shape", List.of(value), Attributes.integer("start", axis), Attributes.integer("end", axis + 1L));
        return add("Squeeze", List.of(size));
    }

    /** Indices of a part of an axis, in order; the length is a scalar. */
    String indices(Kept part, String length) {
        if (part.isAll()) {
            return count(length);
        }
        String frontEnd = add("Min", List.of(scalar(part.front()), length));
        String front = count(frontEnd);
        if (part.back() == 0) {
            return front;
        }
        String backStart = add("Max", List.of(plus(length, scalar(-part.back())), frontEnd));
        String back = add("Range", List.of(backStart, length, scalar(1)));
        return part.front() == 0 ? back : add("Concat", List.of(front, back), Attributes.integer("axis", 0));
    }
}
