package io.fieldserve.onnx.graph;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.fieldserve.onnx.graph.ModelFile.Weights;
import io.fieldserve.onnx.graph.proto.Onnx.AttributeProto;
import io.fieldserve.onnx.graph.proto.Onnx.FunctionProto;
import io.fieldserve.onnx.graph.proto.Onnx.GraphProto;
import io.fieldserve.onnx.graph.proto.Onnx.ModelProto;
import io.fieldserve.onnx.graph.proto.Onnx.NodeProto;
import io.fieldserve.onnx.graph.proto.Onnx.SparseTensorProto;
import io.fieldserve.onnx.graph.proto.Onnx.StringStringEntryProto;
import io.fieldserve.onnx.graph.proto.Onnx.TensorProto;
import io.fieldserve.onnx.graph.proto.Onnx.TensorProto.DataLocation;
import io.fieldserve.onnx.graph.proto.Onnx.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Corners of the format, as no exporter writes them: at most 10000 bytes and 10 nodes are allowed. */
class ModelScanTest {

    private static final NodeProto ADD = NodeProto.newBuilder().setOpType("Add").build();

    @Test
    void refusesGroups() throws IOException {
        // Given a model, and then an empty group in field 30
        ByteString model = graph(GraphProto.newBuilder().addNode(ADD)).toByteString();
        ByteString group = ByteString.copyFrom(HexFormat.of().parseHex("f301f401"));

        // When, Then
        assertRefused(model.concat(group), "it is no ONNX model, or a damaged one");
    }

    @Test
    void takesSubgraphsAsDeepAsIsAllowed() {
        // Given
        GraphProto nested = GraphProto.getDefaultInstance();
        for (int depth = 0; depth < 16; depth++) {
            AttributeProto branch = AttributeProto.newBuilder().setG(nested).build();
            nested = GraphProto.newBuilder()
                    .addNode(NodeProto.newBuilder().setOpType("If").addAttribute(branch))
                    .build();
        }
        ByteString model = graph(nested.toBuilder()).toByteString();

        // When, Then
        assertThatCode(() -> check(model, new ModelBounds(10_000, 16))).doesNotThrowAnyException();
    }

    @Test
    void refusesATensorThatLiesInTwoPlaces() throws IOException {
        // Given
        TensorProto tensor = external("a").toBuilder()
                .addExternalData(entry("location", "b"))
                .build();

        // When, Then
        assertRefused(
                graph(GraphProto.newBuilder().addInitializer(tensor)), "a tensor says twice where it lies: location");
    }

    @Test
    void refusesManyTensorsThatLieElsewhere() throws IOException {
        // Given
        GraphProto.Builder graph = GraphProto.newBuilder().addAllInitializer(Collections.nCopies(11, external("a")));

        // When, Then
        assertRefused(graph(graph), "more than 10 tensors lie elsewhere");
    }

    @Test
    void anAxisOfNegativeLengthHidesNoOther() throws IOException {
        // Given
        SparseTensorProto negative =
                SparseTensorProto.newBuilder().addDims(-100).addDims(100).build();
        SparseTensorProto large =
                SparseTensorProto.newBuilder().addDims(100).addDims(100).build();
        GraphProto.Builder graph =
                GraphProto.newBuilder().addSparseInitializer(negative).addSparseInitializer(large);

        // When, Then
        assertRefused(graph(graph), "its weights take 80000 bytes, at most 10000 are allowed");
    }

    @Test
    void multipliesAxesThatComeInOneField() throws IOException {
        // Given 100 and 100, packed
        UnknownFieldSet.Field packed = UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(ByteString.copyFrom(new byte[] {100, 100}))
                .build();
        SparseTensorProto sparse = SparseTensorProto.newBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(SparseTensorProto.DIMS_FIELD_NUMBER, packed)
                        .build())
                .build();

        // When, Then
        assertRefused(
                graph(GraphProto.newBuilder().addSparseInitializer(sparse)),
                "its weights take 80000 bytes, at most 10000 are allowed");
    }

    @Test
    void refusesManyOutputs() throws IOException {
        // Given
        GraphProto.Builder graph =
                GraphProto.newBuilder().addAllOutput(Collections.nCopies(257, ValueInfoProto.getDefaultInstance()));

        // When, Then
        assertRefused(graph(graph), "it has 257 outputs, at most 256 are allowed");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesLongNamesOfFields(boolean input) throws IOException {
        // Given
        ValueInfoProto field =
                ValueInfoProto.newBuilder().setName("x".repeat(1025)).build();
        GraphProto.Builder graph = GraphProto.newBuilder();

        // When, Then
        assertRefused(
                graph(input ? graph.addInput(field) : graph.addOutput(field)),
                "a name in it is longer than 1024 bytes");
    }

    @Test
    void countsAllPartsOfAFunction() throws IOException {
        // Given ten nodes, of which two call six
        FunctionProto part =
                function("f").addAllNode(Collections.nCopies(3, ADD)).build();
        ModelProto model = graph(GraphProto.newBuilder().addNode(call("f")).addNode(call("f"))).toBuilder()
                .addFunctions(part)
                .addFunctions(part)
                .build();

        // When, Then
        assertRefused(model, "it has more than 10 nodes");
    }

    @Test
    void refusesALongChainOfFunctions() {
        // Given
        ModelProto.Builder model = graph(GraphProto.newBuilder().addNode(call("f0"))).toBuilder();
        IntStream.range(0, 65)
                .forEach(index -> model.addFunctions(function("f" + index).addNode(call("f" + (index + 1)))));
        model.addFunctions(function("f65").addNode(ADD));

        // When, Then
        assertThatThrownBy(() -> check(model.build().toByteString(), new ModelBounds(10_000, 1000)))
                .isInstanceOf(RefusedModelException.class)
                .hasMessageEndingWith("calls itself, or others too deep");
    }

    private static void assertRefused(ModelProto model, String reason) throws IOException {
        assertRefused(model.toByteString(), reason);
    }

    private static void assertRefused(ByteString model, String reason) {
        assertThatThrownBy(() -> check(model, new ModelBounds(10_000, 10)))
                .isInstanceOf(RefusedModelException.class)
                .hasMessage(reason);
    }

    private static void check(ByteString model, ModelBounds bounds) throws IOException {
        ModelFile.check(model.newInput(), model.size(), Path.of(""), bounds, Weights.INSIDE);
    }

    private static ModelProto graph(GraphProto.Builder graph) {
        return ModelProto.newBuilder().setGraph(graph).build();
    }

    private static FunctionProto.Builder function(String name) {
        return FunctionProto.newBuilder().setName(name).setDomain("ours");
    }

    private static NodeProto call(String function) {
        return NodeProto.newBuilder().setDomain("ours").setOpType(function).build();
    }

    private static TensorProto external(String location) {
        return TensorProto.newBuilder()
                .setDataLocation(DataLocation.EXTERNAL)
                .addExternalData(entry("location", location))
                .build();
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }
}
