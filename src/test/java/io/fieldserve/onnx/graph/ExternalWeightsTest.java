package io.fieldserve.onnx.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldserve.onnx.graph.proto.Onnx.GraphProto;
import io.fieldserve.onnx.graph.proto.Onnx.ModelProto;
import io.fieldserve.onnx.graph.proto.Onnx.StringStringEntryProto;
import io.fieldserve.onnx.graph.proto.Onnx.TensorProto;
import io.fieldserve.repository.PlainFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code shifts}: 512 values of 3, in a file beside the graph that adds them. */
class ExternalWeightsTest {

    private static final int POINTS = 512;

    @TempDir
    Path root;

    private Path graph;

    @BeforeEach
    void writeGraph() throws IOException {
        graph = PlainFolder.write(root, "shifts", "1", "shifts").resolve("model.onnx");
    }

    @Test
    void areInTheModelInOnePiece() throws IOException {
        // When
        byte[] whole = ExternalWeights.inlined(graph).orElseThrow();

        // Then it runs without them
        float[] input = new float[POINTS];
        float[] expected = new float[POINTS];
        for (int point = 0; point < POINTS; point++) {
            input[point] = point;
            expected[point] = point + 3;
        }
        assertThat(Onnx.run(whole, new Array(new long[] {1, 1, POINTS}, input))
                        .get("y")
                        .values())
                .containsExactly(expected);
    }

    @Test
    void areFoundByOffsetAndLength() throws IOException {
        // Given the weights behind 4 other bytes and before 8
        Path weights = graph.resolveSibling("shifts.bin");
        byte[] all = new byte[Float.BYTES * (POINTS + 3)];
        System.arraycopy(Files.readAllBytes(weights), 0, all, Float.BYTES, Float.BYTES * POINTS);
        Files.write(weights, all);
        place("offset", "4");
        place("length", "2048");

        // When
        byte[] whole = ExternalWeights.inlined(graph).orElseThrow();

        // Then
        assertThat(Onnx.run(whole, new Array(new long[] {1, 1, POINTS}, new float[POINTS]))
                        .get("y")
                        .values())
                .containsOnly(3);
    }

    @ParameterizedTest
    @CsvSource({
        "location, ../../shifts.bin, outside its folder",
        "location, /etc/hostname, outside its folder",
        "location, '', outside its folder",
        "location, none.bin, which is no file",
        "length, 2049, 2049 bytes from byte 0",
        "offset, 4096, from byte 4096 of it",
        "offset, -4, with the offset '-4'",
        "length, many, with the length 'many'"
    })
    void areRefusedWhereTheyCannotBe(String key, String value, String message) throws IOException {
        // Given
        place(key, value);

        // When, Then
        assertThatThrownBy(() -> ExternalWeights.inlined(graph))
                .isInstanceOf(RefusedModelException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aModelThatHasItsWeightsIsLeftAsItIs() throws IOException {
        // Given
        Path plain = PlainFolder.write(root, "dynamic", "1", "dynamic").resolve("model.onnx");

        // When
        Optional<byte[]> whole = ExternalWeights.inlined(plain);

        // Then
        assertThat(whole).isEmpty();
    }

    @Test
    void whatIsNoModelIsLeftToWhoeverOpensIt() throws IOException {
        // Given
        Files.write(graph, new byte[] {1, 2, 3});

        // When
        Optional<byte[]> whole = ExternalWeights.inlined(graph);

        // Then
        assertThat(whole).isEmpty();
    }

    private void place(String key, String value) throws IOException {
        ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(graph)).toBuilder();
        GraphProto.Builder changed = model.getGraphBuilder();
        TensorProto.Builder entries = changed.getInitializerBuilder(0);
        for (int i = entries.getExternalDataCount() - 1; i >= 0; i--) {
            if (entries.getExternalData(i).getKey().equals(key)) {
                entries.removeExternalData(i);
            }
        }
        entries.addExternalData(StringStringEntryProto.newBuilder().setKey(key).setValue(value));
        Files.write(graph, model.build().toByteArray());
    }
}
