package io.fieldserve.onnx.graph;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Graphs from {@code src/test/resources/graph}, and runs of them. */
final class Onnx {

    private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment("fieldserve");

    private Onnx() {}

    static byte[] graph(String name) {
        try (InputStream file = open(name + ".onnx")) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, Array> arrays(String name) {
        return SavedArrays.read(open(name + ".npz"));
    }

    private static InputStream open(String file) {
        return Onnx.class.getResourceAsStream("/graph/" + file);
    }

    /** All outputs of a graph with one input. */
    static Map<String, Array> run(byte[] model, Array input) {
        try (OrtSession session = ENVIRONMENT.createSession(model);
                OnnxTensor tensor =
                        OnnxTensor.createTensor(ENVIRONMENT, FloatBuffer.wrap(input.values()), input.shape());
                OrtSession.Result result =
                        session.run(Map.of(session.getInputNames().iterator().next(), tensor))) {
            Map<String, Array> outputs = new HashMap<>();
            result.forEach(entry -> {
                OnnxTensor output = (OnnxTensor) entry.getValue();
                float[] values = new float[(int) output.getInfo().getNumElements()];
                output.getFloatBuffer().get(values);
                outputs.put(entry.getKey(), new Array(output.getInfo().getShape(), values));
            });
            return outputs;
        } catch (OrtException e) {
            throw new AssertionError(e);
        }
    }

    /** Operators of a graph, subgraphs left out. */
    static List<String> operators(byte[] model) {
        return Model.parse(model).orElseThrow().getGraph().getNodeList().stream()
                .map(node -> node.getOpType())
                .toList();
    }
}
