package io.fieldserve.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.onnx.graph.proto.Onnx.ModelProto;
import io.fieldserve.onnx.graph.proto.Onnx.StringStringEntryProto;
import io.fieldserve.onnx.graph.proto.Onnx.TensorProto;
import io.fieldserve.onnx.graph.proto.Onnx.TensorProto.DataLocation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Model files that don't get as far as ONNX Runtime, and one that does: {@code dynamic}, 2 x + 1, changed. */
class RefusedModelTest extends RepositoryTest {

    @Test
    void saysInTheIndexWhyAModelIsRefused() throws IOException {
        // Given
        Path file = PlainFolder.write(root, "model", "1", "dynamic").resolve("model.onnx");
        ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
        model.getGraphBuilder().getNodeBuilder(0).setDomain("my.ops");
        Files.write(file, model.build().toByteArray());

        // When
        repository.load();

        // Then
        assertThat(repository.index().rejected())
                .containsExactly(
                        new RejectedVersion(
                                "model",
                                "1",
                                "model.onnx is refused: operator 'Mul' is of domain 'my.ops', and no library of custom operators is loaded here"));
        assertThat(repository.index().served()).containsOnlyKeys("pair");
    }

    @Test
    void servesAModelWhoseWeightsLieBesideIt() throws IOException {
        // Given
        Path file = withExternalWeight("weights.bin");
        ByteBuffer two = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(file.resolveSibling("weights.bin"), two.putFloat(2).array());

        // When
        repository.load();

        // Then
        assertThat(repository.index().rejected()).isEmpty();
        assertThat(repository.index().served()).containsOnlyKeys("model", "pair");
    }

    @Test
    void refusesWeightsOfAnotherVersion() throws IOException {
        // Given
        Path file = withExternalWeight("../2/weights.bin");
        Path other = Files.createDirectories(file.getParent().resolveSibling("2"));
        Files.write(other.resolve("weights.bin"), new byte[Float.BYTES]);

        // When
        repository.load();

        // Then
        assertThat(repository.index().rejected())
                .contains(new RejectedVersion(
                        "model",
                        "1",
                        "model.onnx is refused: tensor 'two' lies in '../2/weights.bin', outside its folder"));
    }

    private Path withExternalWeight(String location) throws IOException {
        Path file = PlainFolder.write(root, "model", "1", "dynamic").resolve("model.onnx");
        ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
        TensorProto.Builder two = model.getGraphBuilder().getInitializerBuilder(0);
        assertThat(two.getName()).isEqualTo("two");
        two.clearFloatData()
                .clearRawData()
                .setDataLocation(DataLocation.EXTERNAL)
                .addExternalData(entry("location", location))
                .addExternalData(entry("length", Integer.toString(Float.BYTES)));
        Files.write(file, model.build().toByteArray());
        return file;
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }
}
