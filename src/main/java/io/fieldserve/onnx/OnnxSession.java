package io.fieldserve.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.fieldserve.surrogate.EnsembleException;
import io.fieldserve.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;

/**
 * One graph on one provider. Inputs are read from, and outputs written to, the tensors' own memory: nothing is copied
 * on the way. Safe for use from several threads.
 */
final class OnnxSession implements AutoCloseable {

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final ExecutionProvider provider;
    private final int threads;

    /**
     * A session that is now this object's to close.
     *
     * @param threads processor threads that a run keeps busy
     */
    OnnxSession(OrtEnvironment environment, OrtSession session, ExecutionProvider provider, int threads) {
        this.environment = environment;
        this.session = session;
        this.provider = provider;
        this.threads = threads;
    }

    int threads() {
        return threads;
    }

    ExecutionProvider provider() {
        return provider;
    }

    /** The graph's inputs and their ranks. */
    Map<String, Integer> inputRanks() {
        return ranks(session::getInputInfo);
    }

    /** The graph's outputs and their ranks. */
    Map<String, Integer> outputRanks() {
        return ranks(session::getOutputInfo);
    }

    private interface Signature {
        Map<String, NodeInfo> read() throws OrtException;
    }

    private static Map<String, Integer> ranks(Signature signature) {
        try {
            Map<String, Integer> ranks = new HashMap<>();
            signature.read().forEach((name, node) -> {
                if (node.getInfo() instanceof TensorInfo tensor) {
                    ranks.put(name, tensor.getShape().length);
                }
            });
            return ranks;
        } catch (OrtException e) {
            throw new EnsembleException("the graph's signature can't be read", e);
        }
    }

    /** Runs the graph, filling exactly {@code outputs}. */
    void run(Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
        Map<String, OnnxTensor> wrappedInputs = new HashMap<>();
        Map<String, OnnxTensor> wrappedOutputs = new HashMap<>();
        try {
            wrap(inputs, wrappedInputs);
            wrap(outputs, wrappedOutputs);
            // The result holds nothing but the pinned outputs, which are closed below.
            session.run(wrappedInputs, wrappedOutputs).close();
        } catch (OrtException e) {
            throw new EnsembleException("the graph failed: " + e.getMessage(), e);
        } finally {
            wrappedInputs.values().forEach(OnnxTensor::close);
            wrappedOutputs.values().forEach(OnnxTensor::close);
        }
    }

    private void wrap(Map<String, Tensor> tensors, Map<String, OnnxTensor> wrapped) throws OrtException {
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            Tensor tensor = entry.getValue();
            wrapped.put(
                    entry.getKey(),
                    OnnxTensor.createTensor(
                            environment, tensor.floats(), tensor.shape().dims()));
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new EnsembleException("the session could not be closed", e);
        }
    }
}
