package io.fieldserve.onnx.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.onnx.graph.proto.Onnx.GraphProto;
import io.fieldserve.onnx.graph.proto.Onnx.ModelProto;
import io.fieldserve.onnx.graph.proto.Onnx.NodeProto;
import io.fieldserve.onnx.graph.proto.Onnx.OperatorSetIdProto;
import io.fieldserve.onnx.graph.proto.Onnx.TensorProto;
import io.fieldserve.onnx.graph.proto.Onnx.TensorProto.DataType;
import io.fieldserve.onnx.graph.proto.Onnx.TensorShapeProto;
import io.fieldserve.onnx.graph.proto.Onnx.TypeProto;
import io.fieldserve.onnx.graph.proto.Onnx.ValueInfoProto;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Graphs around one DFT that would take rewriting too deep, or too long. */
class LongGraphTest {

    private final GraphProto.Builder graph = GraphProto.newBuilder()
            .addInput(input(1, 8, 2))
            .addInitializer(integers("zero", 0))
            .addInitializer(integers("three", 3))
            .addInitializer(integers("one", 1))
            .addInitializer(TensorProto.newBuilder()
                    .setName("scalar")
                    .setDataType(DataType.INT64_VALUE)
                    .addInt64Data(0));

    @Test
    void followsChainsOfHundredsOfNodes() {
        // Given
        int half = WellFormed.LONGEST_CHAIN / 2 - 1;
        String spectrum = node("DFT", chain("x", half));
        output(node("Slice", chain(spectrum, half), "zero", "three", "one"));

        // When
        Optional<Rewritten> rewritten = DftRewrite.rewrite(model());

        // Then
        assertThat(rewritten)
                .map(Rewritten::description)
                .hasValueSatisfying(text -> assertThat(text).contains("3 of 8 modes"));
    }

    @Test
    void leavesLongerChainsAsTheyAre() {
        // Given
        output(chain(node("DFT", chain("x", 50_000)), 50_000));

        // When
        Optional<Rewritten> rewritten = DftRewrite.rewrite(model());

        // Then
        assertThat(rewritten).isEmpty();
    }

    @Test
    void looksAtAValueOnceHoweverOftenItIsRead() {
        // Given 2^60 ways from the start of the slice to a constant
        String start = "scalar";
        for (int i = 0; i < 60; i++) {
            start = node("Add", start, start);
        }
        String starts = node("Concat", node("Unsqueeze", start, "zero"));
        output(node("Slice", node("DFT", "x"), starts, "three", "one"));

        // When
        Optional<Rewritten> rewritten = DftRewrite.rewrite(model());

        // Then
        assertThat(rewritten)
                .map(Rewritten::description)
                .hasValueSatisfying(text -> assertThat(text).contains("all modes"));
    }

    private String chain(String value, int nodes) {
        String last = value;
        for (int i = 0; i < nodes; i++) {
            last = node("Identity", last);
        }
        return last;
    }

    private String node(String operator, String... inputs) {
        String output = "v" + graph.getNodeCount();
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operator)
                .addAllInput(List.of(inputs))
                .addOutput(output));
        return output;
    }

    private void output(String value) {
        graph.addOutput(ValueInfoProto.newBuilder().setName(value));
    }

    private byte[] model() {
        return ModelProto.newBuilder()
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static TensorProto integers(String name, long value) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(DataType.INT64_VALUE)
                .addDims(1)
                .addInt64Data(value)
                .build();
    }

    private static ValueInfoProto input(long... shape) {
        TensorShapeProto.Builder dims = TensorShapeProto.newBuilder();
        LongStream.of(shape)
                .forEach(length ->
                        dims.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(length)));
        return ValueInfoProto.newBuilder()
                .setName("x")
                .setType(TypeProto.newBuilder()
                        .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(1).setShape(dims)))
                .build();
    }
}
