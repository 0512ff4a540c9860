package io.fieldserve.onnx.graph;

import io.fieldserve.fuzz.FuzzTarget;
import io.fieldserve.onnx.graph.proto.Onnx.AttributeProto;
import io.fieldserve.onnx.graph.proto.Onnx.AttributeProto.AttributeType;
import io.fieldserve.onnx.graph.proto.Onnx.GraphProto;
import io.fieldserve.onnx.graph.proto.Onnx.ModelProto;
import io.fieldserve.onnx.graph.proto.Onnx.NodeProto;
import io.fieldserve.onnx.graph.proto.Onnx.OperatorSetIdProto;
import io.fieldserve.onnx.graph.proto.Onnx.TensorProto;
import io.fieldserve.onnx.graph.proto.Onnx.TensorProto.DataType;
import io.fieldserve.onnx.graph.proto.Onnx.TensorShapeProto;
import io.fieldserve.onnx.graph.proto.Onnx.TypeProto;
import io.fieldserve.onnx.graph.proto.Onnx.ValueInfoProto;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;

/**
 * Graphs whose nodes the input spells out: operators that rewriting knows, joined in any way, their attributes and constants
 * of any value. Few mutations of a file get this far.
 */
public final class RewriteFuzz implements FuzzTarget {

    static final List<String> OPERATORS = List.of(
            "Identity",
            "DFT",
            "Slice",
            "Concat",
            "Unsqueeze",
            "Squeeze",
            "Transpose",
            "Gather",
            "Shape",
            "Reshape",
            "Mul",
            "Pad",
            "ScatterND",
            "Range",
            "Constant",
            "ConstantOfShape",
            "Cast",
            "Neg",
            "Add",
            "Expand",
            "Div",
            "Sqrt",
            "Min",
            "If",
            "RandomUniform");

    private static final List<String> ATTRIBUTES =
            List.of("axis", "axes", "perm", "start", "end", "value_int", "value_ints", "onesided", "inverse", "value");
    private static final int MOST_NODES = 64;

    @Override
    public void run(byte[] input) {
        ByteBuffer bytes = ByteBuffer.wrap(input);
        long operatorSet = (next(bytes) & 1) == 0 ? 17 : 20;
        ModelFuzz.rewrite(ModelProto.newBuilder()
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(operatorSet))
                .setGraph(graph(bytes))
                .build()
                .toByteArray());
    }

    private static GraphProto graph(ByteBuffer bytes) {
        GraphProto.Builder graph = GraphProto.newBuilder().addInput(value("0", bytes));
        for (int count = 1; count <= 3; count++) {
            graph.addInitializer(vector(Integer.toString(count), bytes));
        }
        for (int count = 4; bytes.hasRemaining() && count < MOST_NODES; count++) {
            graph.addNode(node(bytes, count));
        }
        int last = 3 + graph.getNodeCount();
        ValueInfoProto.Builder output = value(Integer.toString(last), bytes);
        // Under the name by which members are looked for.
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Concat")
                .addAttribute(Attributes.integer("axis", 0))
                .addInput(Integer.toString(last))
                .addInput(Integer.toString(Math.max(0, last - 1)))
                .addOutput("members"));
        return graph.addOutput(output)
                .addOutput(output.clone().setName("members"))
                .build();
    }

    private static NodeProto node(ByteBuffer bytes, int output) {
        NodeProto.Builder node = NodeProto.newBuilder()
                .setOpType(OPERATORS.get(Math.floorMod(next(bytes), OPERATORS.size())))
                .addOutput(Integer.toString(output));
        int counts = next(bytes);
        for (int inputs = counts & 7; inputs > 0; inputs--) {
            int source = next(bytes);
            // An input left out; one from anywhere, so that there may be cycles; as a rule one of the last values.
            node.addInput(
                    source == Byte.MIN_VALUE
                            ? ""
                            : Integer.toString(source < 0 ? -source : Math.max(0, output - 1 - source % 8)));
        }
        for (int attributes = counts >> 4 & 3; attributes > 0; attributes--) {
            node.addAttribute(attribute(bytes));
        }
        return node.build();
    }

    private static AttributeProto attribute(ByteBuffer bytes) {
        int kind = next(bytes);
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(ATTRIBUTES.get(Math.floorMod(kind, ATTRIBUTES.size())));
        if (attribute.getName().equals("value")) {
            return attribute
                    .setType(AttributeType.TENSOR)
                    .setT(vector("", bytes))
                    .build();
        }
        attribute.setI(number(bytes));
        for (int count = kind >> 4 & 7; count > 0; count--) {
            attribute.addInts(number(bytes));
        }
        return attribute.build();
    }

    private static TensorProto vector(String name, ByteBuffer bytes) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(DataType.INT64_VALUE);
        int length = next(bytes);
        if (length != Byte.MAX_VALUE) {
            tensor.addDims(length & 7);
        }
        for (int count = length == Byte.MAX_VALUE ? 1 : length & 7; count > 0; count--) {
            tensor.addInt64Data(number(bytes));
        }
        return tensor.build();
    }

    private static ValueInfoProto.Builder value(String name, ByteBuffer bytes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int rank = next(bytes) & 7; rank > 0; rank--) {
            long length = number(bytes);
            shape.addDim(
                    length < 0
                            ? TensorShapeProto.Dimension.newBuilder().setDimParam("n" + length)
                            : TensorShapeProto.Dimension.newBuilder().setDimValue(length));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(1).setShape(shape)));
    }

    /** A small number as a rule, and now and then any. */
    private static long number(ByteBuffer bytes) {
        int small = next(bytes);
        return small == Byte.MAX_VALUE && bytes.remaining() >= Long.BYTES ? bytes.getLong() : small;
    }

    private static int next(ByteBuffer bytes) {
        return bytes.hasRemaining() ? bytes.get() : 0;
    }

    @Override
    public Stream<byte[]> seeds() {
        return Stream.of(
                // A DFT of [1, 8, 1] along axis 1, cut to its first entries, and back.
                new byte[] {1, 3, 1, 8, 1, 1, 1, 1, 0, 1, 4, 1, 3, 0, -128, -1, 2, 4, 0, -2, -3, -1, 1, 3, 0, -128, -1},
                // Two members, stacked.
                new byte[] {0, 2, 1, 4, 1, 0, 1, 0, 1, 0, 0, 1, 3, 4, 2, 0, -1, 4, 2, 1, -1},
                // One that reads itself.
                new byte[] {1, 1, 4, 1, 1, 1, 1, 1, 1, 0, 1, -4, 0, 1, 0});
    }
}
