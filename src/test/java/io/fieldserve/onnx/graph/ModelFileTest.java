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
import io.fieldserve.onnx.graph.proto.Onnx.TensorProto;
import io.fieldserve.onnx.graph.proto.Onnx.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before ONNX Runtime sees it. Weights in other files are in {@link ExternalWeightsTest}. */
class ModelFileTest {

    private static final ModelBounds SMALL = new ModelBounds(10_000, 10);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "ai.onnx", "ai.onnx.ml", "com.microsoft"})
    void takesOperatorsThatComeWithTheRuntime(String domain) throws IOException {
        // Given
        Path file = write(model(node(domain, "Gemm")));

        // When, Then
        assertThatCode(() -> ModelFile.check(file, SMALL, Weights.INSIDE)).doesNotThrowAnyException();
    }

    @Test
    void refusesOperatorsOfOtherLibrariesWhereverTheyAre() throws IOException {
        // Given
        NodeProto custom = node("my.ops", "Solve");
        NodeProto around = node("", "If").toBuilder()
                .addAttribute(AttributeProto.newBuilder().setG(graph(custom)))
                .build();

        // When, Then
        for (ModelProto.Builder model : List.of(model(custom), model(around), calling(function("f", "ours", custom)))) {
            assertRefused(
                    model, "operator 'Solve' is of domain 'my.ops', and no library of custom operators is loaded here");
        }
    }

    @Test
    void refusesWhatAProviderCompiled() throws IOException {
        assertRefused(
                model(node("com.microsoft", "EPContext")), "operator 'EPContext' runs what was compiled elsewhere");
    }

    @Test
    void takesOperatorsThatTheModelDefines() throws IOException {
        // Given
        Path file = write(calling(function("f", "ours", node("", "Add"))));

        // When, Then
        assertThatCode(() -> ModelFile.check(file, SMALL, Weights.INSIDE)).doesNotThrowAnyException();
    }

    @Test
    void countsNodesOfSubgraphs() throws IOException {
        // Given
        NodeProto branches = node("", "If").toBuilder()
                .addAttribute(
                        AttributeProto.newBuilder().addGraphs(graph(adds(5))).addGraphs(graph(adds(5))))
                .build();

        // When, Then
        assertRefused(model(branches), "it has more than 10 nodes");
    }

    @Test
    void countsNodesOfFunctionsAsOftenAsTheyAreCalled() throws IOException {
        // Given 2 x 2 x 3 nodes out of nine
        FunctionProto inner = function("inner", "ours", adds(3));
        FunctionProto outer = function("f", "ours", node("ours", "inner"), node("ours", "inner"));
        ModelProto.Builder model =
                model(node("ours", "f"), node("ours", "f")).addFunctions(outer).addFunctions(inner);

        // When, Then
        assertRefused(model, "it has more than 10 nodes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ours", "", "ai.onnx"})
    void refusesFunctionsThatCallThemselves(String domain) throws IOException {
        // Given, under either name of the standard domain
        FunctionProto function = function("f", domain, node(domain.equals("ai.onnx") ? "" : domain, "f"));

        // When, Then
        assertThatThrownBy(() -> ModelFile.check(write(model().addFunctions(function)), SMALL, Weights.INSIDE))
                .isInstanceOf(RefusedModelException.class)
                .hasMessageEndingWith("f' calls itself, or others too deep");
    }

    @Test
    void refusesDeepNesting() throws IOException {
        // Given
        GraphProto nested = graph();
        for (int depth = 0; depth < 17; depth++) {
            nested = graph(node("", "If").toBuilder()
                    .addAttribute(AttributeProto.newBuilder().setG(nested))
                    .build());
        }
        ModelProto.Builder model = ModelProto.newBuilder().setGraph(nested);

        // When, Then
        assertThatThrownBy(() -> ModelFile.check(write(model), ModelBounds.DEFAULT, Weights.INSIDE))
                .hasMessage("model.onnx is refused: its subgraphs are nested more than 16 deep");
    }

    @Test
    void refusesSparseWeightsThatUnpackToMoreThanIsAllowed() throws IOException {
        // Given
        SparseTensorProto sparse = SparseTensorProto.newBuilder()
                .setValues(TensorProto.newBuilder().addFloatData(1))
                .addDims(100)
                .addDims(100)
                .build();
        AttributeProto attribute =
                AttributeProto.newBuilder().setSparseTensor(sparse).build();

        // When, Then
        String reason = "its weights take 80000 bytes, at most 10000 are allowed";
        ModelProto.Builder initializer = model();
        initializer.getGraphBuilder().addSparseInitializer(sparse);
        assertRefused(initializer, reason);
        assertRefused(
                model(node("", "Constant").toBuilder().addAttribute(attribute).build()), reason);
    }

    @Test
    void multipliesTheAxesOfASparseTensorThatComesInParts() throws IOException {
        // Given what Protocol Buffers make one tensor of 100 x 100 of
        SparseTensorProto half = SparseTensorProto.newBuilder().addDims(100).build();
        ByteString part =
                AttributeProto.newBuilder().setSparseTensor(half).build().toByteString();
        NodeProto node = NodeProto.newBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                NodeProto.ATTRIBUTE_FIELD_NUMBER,
                                UnknownFieldSet.Field.newBuilder()
                                        .addLengthDelimited(part.concat(part))
                                        .build())
                        .build())
                .build();

        // When, Then
        assertRefused(model(node), "its weights take 80800 bytes, at most 10000 are allowed");
    }

    @Test
    void countsFunctionsThatNobodyCalls() throws IOException {
        // Given
        ModelProto.Builder model = model();
        IntStream.range(0, 11).forEach(index -> model.addFunctions(function("f" + index, "ours")));

        // When, Then
        assertRefused(model, "it has more than 10 nodes");
    }

    @Test
    void refusesLargeFilesUnread() throws IOException {
        // Given
        ModelProto.Builder model = model();
        model.getGraphBuilder()
                .addInitializer(TensorProto.newBuilder().setRawData(ByteString.copyFrom(new byte[10_000])));

        // When, Then
        assertThatThrownBy(() -> ModelFile.check(write(model), SMALL, Weights.INSIDE))
                .isInstanceOf(RefusedModelException.class)
                .hasMessageMatching("model.onnx is refused: its file has 100\\d\\d bytes, at most 10000 are allowed");
    }

    @Test
    void takesAFileAsLargeAsIsAllowed() throws IOException {
        // Given
        Path file = write(model(adds(10)));
        ModelBounds bounds = new ModelBounds(Files.size(file), 10);

        // When, Then
        assertThatCode(() -> ModelFile.check(file, bounds, Weights.INSIDE)).doesNotThrowAnyException();
    }

    @Test
    void refusesManyInputsButNotTheWeightsAmongThem() throws IOException {
        // Given
        ModelProto.Builder inputs = model();
        ModelProto.Builder weights = model();
        IntStream.range(0, 300).forEach(index -> {
            ValueInfoProto input =
                    ValueInfoProto.newBuilder().setName("x" + index).build();
            inputs.getGraphBuilder().addInput(input);
            weights.getGraphBuilder()
                    .addInput(input)
                    .addInitializer(TensorProto.newBuilder().setName(input.getName()));
        });

        // When, Then
        assertRefused(inputs, "it has 300 inputs, at most 256 are allowed");
        Path file = write(weights);
        assertThatCode(() -> ModelFile.check(file, SMALL, Weights.INSIDE)).doesNotThrowAnyException();
    }

    @Test
    void refusesLongNames() throws IOException {
        assertRefused(model(node("", "A".repeat(1025))), "a name in it is longer than 1024 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0800", "3a050a", "3a", "3b3c", "6d6f64656c"})
    void refusesWhatIsNoModel(String bytes) throws IOException {
        // Given
        Path file = Files.write(folder.resolve("model.onnx"), HexFormat.of().parseHex(bytes));

        // When, Then
        assertThatThrownBy(() -> ModelFile.check(file, SMALL, Weights.INSIDE))
                .isInstanceOf(RefusedModelException.class)
                .hasMessage("model.onnx is refused: it is no ONNX model, or a damaged one");
    }

    private void assertRefused(ModelProto.Builder model, String reason) throws IOException {
        Path file = write(model);
        assertThatThrownBy(() -> ModelFile.check(file, SMALL, Weights.INSIDE))
                .isInstanceOf(RefusedModelException.class)
                .hasMessage("model.onnx is refused: " + reason);
    }

    private Path write(ModelProto.Builder model) throws IOException {
        return Files.write(folder.resolve("model.onnx"), model.build().toByteArray());
    }

    private static ModelProto.Builder calling(FunctionProto function) {
        return model(node(function.getDomain(), function.getName())).addFunctions(function);
    }

    private static FunctionProto function(String name, String domain, NodeProto... nodes) {
        return FunctionProto.newBuilder()
                .setName(name)
                .setDomain(domain)
                .addAllNode(List.of(nodes))
                .build();
    }

    private static ModelProto.Builder model(NodeProto... nodes) {
        return ModelProto.newBuilder().setGraph(graph(nodes));
    }

    private static GraphProto graph(NodeProto... nodes) {
        return GraphProto.newBuilder().addAllNode(List.of(nodes)).build();
    }

    private static NodeProto[] adds(int count) {
        return Collections.nCopies(count, node("", "Add")).toArray(NodeProto[]::new);
    }

    private static NodeProto node(String domain, String operator) {
        return NodeProto.newBuilder().setDomain(domain).setOpType(operator).build();
    }
}
