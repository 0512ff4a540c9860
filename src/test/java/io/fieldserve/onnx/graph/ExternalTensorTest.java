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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Weights in other files than the model's: 100 bytes in {@code weights.bin}, and secrets in the folder above. */
class ExternalTensorTest {

    private static final ModelBounds BOUNDS = new ModelBounds(1000, 10);

    @TempDir
    Path above;

    private Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        Files.write(above.resolve("secret"), new byte[100]);
        folder = Files.createDirectory(above.resolve("1"));
        Files.write(folder.resolve("weights.bin"), new byte[100]);
        Files.createSymbolicLink(folder.resolve("linked"), above.resolve("secret"));
        Files.createSymbolicLink(folder.resolve("within"), folder.resolve("weights.bin"));
        Files.createDirectory(folder.resolve("sub"));
    }

    /** Places in a model where a tensor may be. */
    enum Position {
        INITIALIZER,
        CONSTANT,
        TENSORS,
        SUBGRAPH,
        SUBGRAPHS,
        SPARSE_VALUES,
        SPARSE_INDICES,
        SPARSES,
        FUNCTION,
        FUNCTION_DEFAULT;

        ModelProto model(TensorProto tensor) {
            AttributeProto.Builder attribute = AttributeProto.newBuilder();
            SparseTensorProto.Builder sparse = SparseTensorProto.newBuilder();
            GraphProto.Builder graph = GraphProto.newBuilder();
            return switch (this) {
                case INITIALIZER -> graph(graph.addInitializer(tensor));
                case CONSTANT -> attribute(attribute.setT(tensor));
                case TENSORS -> attribute(attribute.addTensors(tensor));
                case SUBGRAPH ->
                    attribute(attribute.setG(INITIALIZER.model(tensor).getGraph()));
                case SUBGRAPHS ->
                    attribute(attribute.addGraphs(CONSTANT.model(tensor).getGraph()));
                case SPARSE_VALUES -> graph(graph.addSparseInitializer(sparse.setValues(tensor)));
                case SPARSE_INDICES -> attribute(attribute.setSparseTensor(sparse.setIndices(tensor)));
                case SPARSES -> attribute(attribute.addSparseTensors(sparse.setValues(tensor)));
                case FUNCTION ->
                    function(FunctionProto.newBuilder()
                            .addNode(CONSTANT.model(tensor).getGraph().getNode(0)));
                case FUNCTION_DEFAULT -> function(FunctionProto.newBuilder().addAttributeProto(attribute.setT(tensor)));
            };
        }

        private static ModelProto function(FunctionProto.Builder function) {
            return graph(GraphProto.newBuilder()).toBuilder()
                    .addFunctions(function)
                    .build();
        }

        private static ModelProto attribute(AttributeProto.Builder attribute) {
            return graph(GraphProto.newBuilder()
                    .addNode(NodeProto.newBuilder().setOpType("Constant").addAttribute(attribute)));
        }

        private static ModelProto graph(GraphProto.Builder graph) {
            return ModelProto.newBuilder().setGraph(graph).build();
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsThemWhereverTheyAre(Position position) throws IOException {
        // Given
        Path file = write(position.model(tensor(Map.of("location", "../secret"))));

        // When, Then
        assertThatThrownBy(() -> ModelFile.check(file, BOUNDS, Weights.BESIDE))
                .isInstanceOf(RefusedModelException.class)
                .hasMessage("model.onnx is refused: tensor 'w' lies in '../secret', outside its folder");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/etc/passwd; outside its folder",
                "../secret; outside its folder",
                "sub/../../secret; outside its folder",
                "linked; outside its folder",
                "''; outside its folder",
                "missing.bin; which is no file",
                "sub; which is no file",
                "*/_ORT_MEM_ADDR_/*; which is no file"
            })
    void refusesOtherPlaces(String location, String why) throws IOException {
        // Given
        Path file = write(Position.INITIALIZER.model(tensor(Map.of("location", location))));

        // When, Then
        assertThatThrownBy(() -> ModelFile.check(file, BOUNDS, Weights.BESIDE))
                .isInstanceOf(RefusedModelException.class)
                .hasMessage("model.onnx is refused: tensor 'w' lies in '%s', %s".formatted(location, why));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0; 101; 101 bytes from byte 0 of it, which has 100",
                "100; 1; 1 bytes from byte 100 of it, which has 100",
                "101; 0; 0 bytes from byte 101 of it, which has 100",
                "999999999999999999; 999999999999999999;"
                        + " 999999999999999999 bytes from byte 999999999999999999 of it, which has 100",
                "-1; 1; with the offset '-1'",
                "0; 1e3; with the length '1e3'"
            })
    void refusesBytesThatAreNotThere(String offset, String length, String why) throws IOException {
        // Given
        Path file = write(Position.INITIALIZER.model(
                tensor(Map.of("location", "weights.bin", "offset", offset, "length", length))));

        // When, Then
        assertThatThrownBy(() -> ModelFile.check(file, BOUNDS, Weights.BESIDE))
                .isInstanceOf(RefusedModelException.class)
                .hasMessage("model.onnx is refused: tensor 'w' lies in 'weights.bin', " + why);
    }

    @ParameterizedTest
    @CsvSource({"weights.bin, 0, 100", "sub/../weights.bin, 60, 40", "within, 100, 0"})
    void takesThemBesideAModelWithoutManifest(String location, String offset, String length) throws IOException {
        // Given
        Path file = write(
                Position.INITIALIZER.model(tensor(Map.of("location", location, "offset", offset, "length", length))));

        // When, Then
        assertThatCode(() -> ModelFile.check(file, BOUNDS, Weights.BESIDE)).doesNotThrowAnyException();
    }

    @Test
    void refusesThemWhereAManifestVouchesForFiles() throws IOException {
        // Given
        Path file = write(Position.INITIALIZER.model(tensor(Map.of("location", "weights.bin"))));

        // When, Then
        assertThatThrownBy(() -> ModelFile.check(file, BOUNDS, Weights.INSIDE))
                .isInstanceOf(RefusedModelException.class)
                .hasMessage(
                        "model.onnx is refused: tensor 'w' lies in 'weights.bin', and the manifest has no digest of that");
    }

    @Test
    void countsBytesAsOftenAsTheyAreUsed() throws IOException {
        // Given
        TensorProto all = tensor(Map.of("location", "weights.bin"));
        GraphProto graph = GraphProto.newBuilder()
                .addAllInitializer(Stream.generate(() -> all).limit(11).toList())
                .build();
        Path file = write(ModelProto.newBuilder().setGraph(graph).build());

        // When, Then
        assertThatThrownBy(() -> ModelFile.check(file, new ModelBounds(1050, 100), Weights.BESIDE))
                .isInstanceOf(RefusedModelException.class)
                .hasMessage("model.onnx is refused: its weights take 1100 bytes, at most 1050 are allowed");
    }

    @Test
    void refusesATensorWhoseMessageComesInParts() throws IOException {
        // Given what Protocol Buffers make one tensor of: external by one part, and located by the other
        TensorProto located = tensor(Map.of("location", "../secret")).toBuilder()
                .clearDataLocation()
                .build();
        TensorProto external =
                TensorProto.newBuilder().setDataLocation(DataLocation.EXTERNAL).build();
        ByteString parts = AttributeProto.newBuilder()
                .setT(located)
                .build()
                .toByteString()
                .concat(AttributeProto.newBuilder().setT(external).build().toByteString());
        NodeProto node = NodeProto.newBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                NodeProto.ATTRIBUTE_FIELD_NUMBER,
                                UnknownFieldSet.Field.newBuilder()
                                        .addLengthDelimited(parts)
                                        .build())
                        .build())
                .build();
        Path file = write(ModelProto.newBuilder()
                .setGraph(GraphProto.newBuilder().addNode(node))
                .build());

        // When, Then
        assertThatThrownBy(() -> ModelFile.check(file, BOUNDS, Weights.BESIDE))
                .isInstanceOf(RefusedModelException.class)
                .hasMessageContaining("outside its folder");
    }

    @Test
    void refusesEitherPartAlone() throws IOException {
        // Given
        TensorProto located = tensor(Map.of("location", "../secret")).toBuilder()
                .clearDataLocation()
                .build();
        TensorProto external = tensor(Map.of());

        // When, Then
        for (TensorProto part : List.of(located, external)) {
            Path file = write(Position.INITIALIZER.model(part));
            assertThatThrownBy(() -> ModelFile.check(file, BOUNDS, Weights.BESIDE))
                    .isInstanceOf(RefusedModelException.class)
                    .hasMessageContaining("outside its folder");
        }
    }

    private static TensorProto tensor(Map<String, String> entries) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName("w").setDataLocation(DataLocation.EXTERNAL);
        entries.forEach((key, value) -> tensor.addExternalData(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return tensor.build();
    }

    private Path write(ModelProto model) throws IOException {
        return Files.write(folder.resolve("model.onnx"), model.toByteArray());
    }
}
