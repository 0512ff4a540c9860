package io.fieldserve.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.onnx.AcceleratorSettings;
import io.fieldserve.onnx.CudaSettings;
import io.fieldserve.onnx.CudaSettings.ArenaExtension;
import io.fieldserve.onnx.CudaSettings.ConvolutionSearch;
import io.fieldserve.onnx.ExecutionProvider;
import io.fieldserve.onnx.OnnxSettings;
import io.fieldserve.onnx.TensorRtSettings;
import io.fieldserve.onnx.graph.ModelBounds;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Configuration keys, as users write them, into settings. */
class OnnxWiringTest {

    @Test
    void whatIsNotConfiguredIsTheDefaultOfTheSettings() {
        // Given
        FieldserveConfig config = config(Map.of());

        // When
        OnnxSettings settings = new OnnxWiring().settings(config);

        // Then
        assertThat(settings.accelerator()).isEqualTo(AcceleratorSettings.defaults());
        assertThat(settings.providers()).containsExactly(ExecutionProvider.CPU);
        assertThat(config.cuda().pageLocked()).isTrue();
        assertThat(settings.models()).isEqualTo(new ModelBounds(2_146_435_072, 100_000));
    }

    @Test
    void everyKeyOfCudaAndTensorRtArrives() {
        // Given
        FieldserveConfig config = config(Map.of(
                "fieldserve.execution.device", "2",
                "fieldserve.cuda.memory-limit", "6G",
                "fieldserve.cuda.arena-extension", "next-power-of-two",
                "fieldserve.cuda.convolution-search", "exhaustive",
                "fieldserve.cuda.full-workspace", "false",
                "fieldserve.cuda.tf32", "true",
                "fieldserve.tensorrt.engine-cache", "/var/engines",
                "fieldserve.tensorrt.workspace", "512M",
                "fieldserve.tensorrt.float16", "true"));

        // When
        OnnxSettings settings = new OnnxWiring().settings(config);

        // Then
        assertThat(settings.accelerator())
                .isEqualTo(new AcceleratorSettings(
                        2,
                        new CudaSettings(
                                OptionalLong.of(6_442_450_944L),
                                ArenaExtension.NEXT_POWER_OF_TWO,
                                ConvolutionSearch.EXHAUSTIVE,
                                false,
                                true),
                        new TensorRtSettings(
                                Optional.of(Path.of("/var/engines")), OptionalLong.of(536_870_912L), true)));
    }

    @Test
    void everyKeyOfModelsArrives() {
        // Given
        FieldserveConfig config = config(Map.of(
                "fieldserve.model.bytes", "10M",
                "fieldserve.model.nodes", "5",
                "fieldserve.model.test-time", "90s"));

        // When
        OnnxSettings settings = new OnnxWiring().settings(config);

        // Then
        assertThat(settings.models()).isEqualTo(new ModelBounds(10_485_760, 5));
        assertThat(config.model().testTime()).hasSeconds(90);
    }

    private static FieldserveConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(FieldserveConfig.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(FieldserveConfig.class);
    }
}
