package io.fieldserve.onnx.graph;

import io.fieldserve.onnx.graph.proto.Onnx.GraphProto;
import io.fieldserve.onnx.graph.proto.Onnx.NodeProto;
import io.fieldserve.onnx.graph.proto.Onnx.TensorProto;
import io.fieldserve.onnx.graph.proto.Onnx.ValueInfoProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a graph must be like for the rules of this package, which follow values from node to node: each value is made once and
 * before it is read, operators have their inputs, and no chain of nodes is so long that following it overflows the stack.
 */
final class WellFormed {

    /** Several times what deep networks have. */
    static final int LONGEST_CHAIN = 500;

    /** The operators that rules look at, and how many inputs each has at least. */
    private static final Map<String, Integer> INPUTS = Map.ofEntries(
            Map.entry("Add", 2),
            Map.entry("Cast", 1),
            Map.entry("Concat", 1),
            Map.entry("Constant", 0),
            Map.entry("ConstantOfShape", 1),
            Map.entry("DFT", 1),
            Map.entry("Div", 2),
            Map.entry("Expand", 2),
            Map.entry("Gather", 2),
            Map.entry("Identity", 1),
            Map.entry("Max", 1),
            Map.entry("Min", 1),
            Map.entry("Mod", 2),
            Map.entry("Mul", 2),
            Map.entry("Neg", 1),
            Map.entry("Pad", 1),
            Map.entry("Range", 3),
            Map.entry("Reshape", 1),
            Map.entry("ScatterND", 3),
            Map.entry("Shape", 1),
            Map.entry("Slice", 1),
            Map.entry("Sqrt", 1),
            Map.entry("Squeeze", 1),
            Map.entry("Sub", 2),
            Map.entry("Transpose", 1),
            Map.entry("Unsqueeze", 1));

    private final Set<String> given = new HashSet<>();
    /** Nodes on the longest way to each value. */
    private final Map<String, Integer> chains = new HashMap<>();

    private WellFormed(GraphProto graph) {
        graph.getInputList().stream().map(ValueInfoProto::getName).forEach(given::add);
        graph.getInitializerList().stream().map(TensorProto::getName).forEach(given::add);
    }

    static boolean is(GraphProto graph) {
        WellFormed values = new WellFormed(graph);
        return graph.getNodeList().stream().allMatch(values::takes);
    }

    /** Whether the next node may stand here. */
    private boolean takes(NodeProto node) {
        Integer inputs = INPUTS.get(Graph.operator(node));
        if (inputs != null && (node.getInputCount() < inputs || node.getOutputCount() == 0)) {
            return false;
        }
        int chain = 0;
        for (String input : node.getInputList()) {
            if (!input.isEmpty() && !given.contains(input) && !chains.containsKey(input)) {
                return false;
            }
            chain = Math.max(chain, chains.getOrDefault(input, 0));
        }
        for (String output : node.getOutputList()) {
            // An output that nobody wants has no name.
            if (!output.isEmpty() && (given.contains(output) || chains.put(output, chain + 1) != null)) {
                return false;
            }
        }
        return chain < LONGEST_CHAIN;
    }
}
