package io.fieldserve.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.Result;
import ai.onnxruntime.OrtSession.RunOptions;
import ai.onnxruntime.TensorInfo;
import io.fieldserve.surrogate.EnsembleException;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * One graph on one provider. Inputs are read from, and outputs written to, the tensors' own memory: nothing is copied
 * on the way. Safe for use from several threads.
 */
final class OnnxSession implements AutoCloseable {

    /**
     * Elements of an input from which on a run gives its memory back. The arena of a session would keep what its largest
     * run took, some kilobytes an element; taking it anew costs a run of this size about a twentieth.
     */
    private static final long LARGE = 1 << 16;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final RunOptions ordinary;
    private final RunOptions shrinking;
    private final ExecutionProvider provider;
    private final int threads;

    /**
     * A session that is now this object's to close.
     *
     * @param threads processor threads that a run keeps busy
     * @param arena whether it keeps memory from run to run
     */
    OnnxSession(OrtEnvironment environment, OrtSession session, ExecutionProvider provider, int threads, boolean arena)
            throws OrtException {
        this.environment = environment;
        this.session = session;
        this.provider = provider;
        this.threads = threads;
        this.ordinary = new RunOptions();
        this.shrinking = new RunOptions();
        if (arena && provider == ExecutionProvider.CPU) {
            shrinking.addRunConfigEntry("memory.enable_memory_arena_shrinkage", "cpu:0");
        }
    }

    int threads() {
        return threads;
    }

    ExecutionProvider provider() {
        return provider;
    }

    /** The graph's inputs, in its order. */
    Collection<NodeInfo> inputs() {
        return read(session::getInputInfo);
    }

    /** The graph's outputs, in its order. */
    Collection<NodeInfo> outputs() {
        return read(session::getOutputInfo);
    }

    /** Ranks of those that are tensors. */
    static Map<String, Integer> ranks(Collection<NodeInfo> nodes) {
        Map<String, Integer> ranks = new HashMap<>();
        for (NodeInfo node : nodes) {
            if (node.getInfo() instanceof TensorInfo tensor) {
                ranks.put(node.getName(), tensor.getShape().length);
            }
        }
        return ranks;
    }

    private interface Signature {
        Map<String, NodeInfo> read() throws OrtException;
    }

    private static Collection<NodeInfo> read(Signature signature) {
        try {
            return signature.read().values();
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
            session.run(wrappedInputs, Set.of(), wrappedOutputs, options(inputs))
                    .close();
        } catch (OrtException e) {
            throw new EnsembleException("the graph failed: " + e.getMessage(), e);
        } finally {
            wrappedInputs.values().forEach(OnnxTensor::close);
            wrappedOutputs.values().forEach(OnnxTensor::close);
        }
    }

    /** Gives the memory that an output of this shape is to be copied to. */
    interface OutputMemory {
        FloatBuffer of(String output, Shape shape);
    }

    /** Runs the graph for outputs whose shapes only the run itself tells, at the price of copying them. */
    void run(Map<String, Tensor> inputs, Set<String> outputs, OutputMemory memory) {
        Map<String, OnnxTensor> wrapped = new HashMap<>();
        try {
            wrap(inputs, wrapped);
            try (Result result = session.run(wrapped, outputs, options(inputs))) {
                for (Map.Entry<String, OnnxValue> entry : result) {
                    OnnxTensor output = (OnnxTensor) entry.getValue();
                    Shape shape = Shape.of(output.getInfo().getShape());
                    memory.of(entry.getKey(), shape).put(output.getFloatBuffer());
                }
            }
        } catch (OrtException e) {
            throw new EnsembleException("the graph failed: " + e.getMessage(), e);
        } finally {
            wrapped.values().forEach(OnnxTensor::close);
        }
    }

    private RunOptions options(Map<String, Tensor> inputs) {
        return isLarge(inputs) ? shrinking : ordinary;
    }

    private static boolean isLarge(Map<String, Tensor> inputs) {
        for (Tensor input : inputs.values()) {
            if (input.shape().elements() > LARGE) {
                return true;
            }
        }
        return false;
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

    /** Has all runs fail at their next node, those of loops included. Not to be called once it is closed. */
    void stop() {
        try {
            ordinary.setTerminate(true);
            shrinking.setTerminate(true);
        } catch (OrtException e) {
            throw new EnsembleException("the graph could not be stopped", e);
        }
    }

    @Override
    public void close() {
        try {
            ordinary.close();
            shrinking.close();
            session.close();
        } catch (OrtException e) {
            throw new EnsembleException("the session could not be closed", e);
        }
    }
}
