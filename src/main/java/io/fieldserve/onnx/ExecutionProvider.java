package io.fieldserve.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import io.fieldserve.surrogate.EnsembleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where a session can run. */
public enum ExecutionProvider {
    TENSORRT(OrtProvider.TENSOR_RT) {
        @Override
        void addTo(SessionOptions options, AcceleratorSettings settings) throws OrtException {
            settings.tensorRt().engineCache().ifPresent(ExecutionProvider::make);
            try (OrtTensorRTProviderOptions tensorRt = new OrtTensorRTProviderOptions(settings.device())) {
                for (Map.Entry<String, String> option :
                        settings.tensorRt().options().entrySet()) {
                    tensorRt.add(option.getKey(), option.getValue());
                }
                options.addTensorrt(tensorRt);
            }
            // For the parts of a graph that TensorRT has no operator for, which would go to the CPU otherwise.
            CUDA.addTo(options, settings);
        }
    },
    CUDA(OrtProvider.CUDA) {
        @Override
        void addTo(SessionOptions options, AcceleratorSettings settings) throws OrtException {
            try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(settings.device())) {
                for (Map.Entry<String, String> option :
                        settings.cuda().options().entrySet()) {
                    cuda.add(option.getKey(), option.getValue());
                }
                options.addCUDA(cuda);
            }
        }
    },
    CPU(OrtProvider.CPU) {
        @Override
        void addTo(SessionOptions options, AcceleratorSettings settings) {
            // Always there, behind every other provider.
        }
    };

    private final OrtProvider compiledIn;

    ExecutionProvider(OrtProvider compiledIn) {
        this.compiledIn = compiledIn;
    }

    /** The provider as ONNX Runtime lists it, where its library was built with it. */
    OrtProvider compiledIn() {
        return compiledIn;
    }

    /**
     * Asks for this provider. Needs an environment, into whose log it writes.
     *
     * @throws OrtException its driver or libraries can't be loaded
     */
    abstract void addTo(SessionOptions options, AcceleratorSettings settings) throws OrtException;

    /** Whether sessions run on a device with memory of its own. */
    public boolean isAccelerator() {
        return this != CPU;
    }

    /** Name in configuration and replies. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new EnsembleException("the folder of TensorRT's engines can't be made: " + folder, e);
        }
    }
}
