package io.fieldserve.onnx;

import static io.fieldserve.onnx.AffineMembers.assertMembers;
import static io.fieldserve.onnx.AffineMembers.ramp;
import static io.fieldserve.surrogate.FieldArrays.close;
import static io.fieldserve.surrogate.Runs.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import io.fieldserve.onnx.device.Device;
import io.fieldserve.onnx.device.DeviceFigures;
import io.fieldserve.surrogate.Ensemble;
import io.fieldserve.surrogate.EnsembleOutput;
import io.fieldserve.surrogate.EnsembleQuery;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.SlabPool;
import io.fieldserve.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On a real device, in a build that has CUDA: {@code ./mvnw -Pcuda test -Dtest=CudaTest}. */
class CudaTest {

    private static final OnnxSettings ON_CUDA = new OnnxSettings(
            List.of(ExecutionProvider.CUDA), false, 1, SessionSettings.defaults(), AcceleratorSettings.defaults());

    @BeforeEach
    void needsCuda() {
        assumeTrue(
                OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA),
                "this build of ONNX Runtime has no CUDA (build with -Pcuda on a machine with an NVIDIA GPU)");
    }

    @ParameterizedTest
    @EnumSource
    void runsMembersOnTheDeviceFromLockedMemory(Arrangement arrangement) {
        // Given
        ExecutionProvider provider = ProviderChoice.choose(ON_CUDA);
        Device device = Device.nvidia(0);
        SlabPool slabs = new SlabPool(1 << 20, Long.MAX_VALUE, device.memoryLock());
        OnnxRuntime runtime = new OnnxRuntime(ON_CUDA, provider, slabs);
        Ensemble ensemble = runtime.open(arrangement.affine().manifest(), Graphs.FOLDER);
        Tensor permeability = ramp(slabs, Shape.of(3, 1, 16, 5));

        // When
        EnsembleOutput output = run(ensemble, Map.of("permeability", permeability), new EnsembleQuery(3, true));

        // Then
        assertMembers(output, permeability, 3);
        assertThat(ensemble.executionProvider()).isEqualTo("cuda");
        assertThat(ensemble.remarks()).isEmpty();
        assertThat(device.pageLock().orElseThrow().refusals()).isZero();
        assertThat(device.pageLock().orElseThrow().lockedBytes()).isPositive();
        close(output, ensemble, permeability);
    }

    @Test
    void theDeviceReportsItsMemory() {
        // Given
        ProviderChoice.choose(ON_CUDA);
        Device device = Device.nvidia(0);

        // When
        DeviceFigures figures = device.figures().orElseThrow();

        // Then
        assertThat(figures.memoryUsed()).isBetween(1L, figures.memoryTotal());
    }
}
