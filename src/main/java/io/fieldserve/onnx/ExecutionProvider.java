package io.fieldserve.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.util.Locale;

/** Where a session can run. */
public enum ExecutionProvider {
    TENSORRT(OrtProvider.TENSOR_RT) {
        @Override
        void addTo(SessionOptions options, int device) throws OrtException {
            options.addTensorrt(device);
        }
    },
    CUDA(OrtProvider.CUDA) {
        @Override
        void addTo(SessionOptions options, int device) throws OrtException {
            try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(device)) {
                // TF32 keeps 10 bits of mantissa, and no golden case would be reproduced.
                cuda.add("use_tf32", "0");
                // An exhaustive search would start anew for each shape that comes along.
                cuda.add("cudnn_conv_algo_search", "HEURISTIC");
                options.addCUDA(cuda);
            }
        }
    },
    CPU(OrtProvider.CPU) {
        @Override
        void addTo(SessionOptions options, int device) {
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

    /** Asks for this provider; throws where its driver or libraries can't be loaded. */
    abstract void addTo(SessionOptions options, int device) throws OrtException;

    /** Name in configuration and replies. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
