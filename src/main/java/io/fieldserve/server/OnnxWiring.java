package io.fieldserve.server;

import io.fieldserve.onnx.AcceleratorSettings;
import io.fieldserve.onnx.CudaSettings;
import io.fieldserve.onnx.ExecutionProvider;
import io.fieldserve.onnx.OnnxRuntime;
import io.fieldserve.onnx.OnnxSettings;
import io.fieldserve.onnx.ProviderChoice;
import io.fieldserve.onnx.SessionSettings;
import io.fieldserve.onnx.TensorRtSettings;
import io.fieldserve.onnx.device.Device;
import io.fieldserve.onnx.graph.ModelBounds;
import io.fieldserve.surrogate.EnsembleException;
import io.fieldserve.tensor.TensorAllocator;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes what runs models. The provider is chosen before anything that depends on where models run. */
final class OnnxWiring {

    @Produces
    @Singleton
    OnnxSettings settings(FieldserveConfig config) {
        FieldserveConfig.Execution execution = config.execution();
        SessionSettings session = new SessionSettings(
                execution.intraOpThreads(),
                execution.spinning(),
                execution.arena(),
                execution.optimisation(),
                execution.rewriting(),
                execution.cache());
        return new OnnxSettings(
                execution.providers(),
                execution.allowFallback(),
                Wiring.threads(config),
                session,
                new AcceleratorSettings(execution.device(), cuda(config.cuda()), tensorRt(config.tensorrt())),
                new ModelBounds(
                        config.model().bytes().asLongValue(), config.model().nodes()));
    }

    static CudaSettings cuda(FieldserveConfig.Cuda cuda) {
        return new CudaSettings(
                bytes(cuda.memoryLimit()),
                cuda.arenaExtension(),
                cuda.convolutionSearch(),
                cuda.fullWorkspace(),
                cuda.tf32());
    }

    static TensorRtSettings tensorRt(FieldserveConfig.TensorRt tensorRt) {
        return new TensorRtSettings(tensorRt.engineCache(), bytes(tensorRt.workspace()), tensorRt.float16());
    }

    private static OptionalLong bytes(Optional<MemorySize> size) {
        return size.map(MemorySize::asLongValue).map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    @Produces
    @Singleton
    ExecutionProvider provider(OnnxSettings settings) {
        try {
            return ProviderChoice.choose(settings);
        } catch (EnsembleException e) {
            // Ends the start with this message alone.
            throw new ConfigurationException(e.getMessage());
        }
    }

    @Produces
    @Singleton
    Device device(OnnxSettings settings, ExecutionProvider provider) {
        return provider.isAccelerator() ? Device.nvidia(settings.accelerator().device()) : Device.none();
    }

    @Produces
    @Singleton
    OnnxRuntime runtime(OnnxSettings settings, ExecutionProvider provider, TensorAllocator allocator) {
        return new OnnxRuntime(settings, provider, allocator);
    }
}
