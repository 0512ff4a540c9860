package io.fieldserve.onnx.graph;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a graph and the functions of its model call, by {@code domain:operator}: functions may call others. */
final class Calls {

    /** Those that ONNX Runtime brings along. */
    private static final Set<String> DOMAINS = Set.of("", "ai.onnx.ml", "com.microsoft");

    /** Runs what an execution provider has compiled, out of a file that the node names. */
    private static final String COMPILED = "com.microsoft:EPContext";

    /** Deeper than exporters ever nest them. */
    private static final int DEEPEST = 64;

    private final ModelBounds bounds;
    private final Map<String, Long> graph = new HashMap<>();
    private final Map<String, Map<String, Long>> functions = new HashMap<>();
    private final Map<String, Long> sizes = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    Calls(ModelBounds bounds) {
        this.bounds = bounds;
    }

    /** What the graph calls, and how often. */
    Map<String, Long> ofGraph() {
        return graph;
    }

    /** Adds what a function calls. */
    void define(String function, Map<String, Long> calls) {
        calls.forEach((operator, count) ->
                functions.computeIfAbsent(function, ignored -> new HashMap<>()).merge(operator, count, Long::sum));
        functions.computeIfAbsent(function, ignored -> new HashMap<>());
    }

    /** The standard domain has two names. */
    static String key(String domain, String operator) {
        return (domain.equals("ai.onnx") ? "" : domain) + ":" + operator;
    }

    /** Fails unless all of it can be run, in a graph of no more nodes than is allowed. */
    void check() {
        size(graph);
        functions.values().forEach(this::size);
    }

    /** Nodes, those of functions as often as they are called; none where they are too many. */
    private long size(Map<String, Long> calls) {
        long size = 0;
        for (Map.Entry<String, Long> call : calls.entrySet()) {
            long each = size(call.getKey());
            if (each > (bounds.nodes() - size) / call.getValue()) {
                throw tooMany(bounds);
            }
            size += each * call.getValue();
        }
        return size;
    }

    private long size(String operator) {
        Map<String, Long> function = functions.get(operator);
        if (function == null) {
            requireKnown(operator);
            return 1;
        }
        Long known = sizes.get(operator);
        if (known == null) {
            if (open.size() == DEEPEST || !open.add(operator)) {
                throw new RefusedModelException("function '%s' calls itself, or others too deep".formatted(operator));
            }
            known = Math.max(1, size(function));
            open.remove(operator);
            sizes.put(operator, known);
        }
        return known;
    }

    private static void requireKnown(String operator) {
        String domain = operator.substring(0, operator.lastIndexOf(':'));
        if (!DOMAINS.contains(domain)) {
            throw new RefusedModelException(
                    "operator '%s' is of domain '%s', and no library of custom operators is loaded here"
                            .formatted(operator.substring(domain.length() + 1), domain));
        }
        if (operator.equals(COMPILED)) {
            throw new RefusedModelException("operator 'EPContext' runs what was compiled elsewhere");
        }
    }

    static RefusedModelException tooMany(ModelBounds bounds) {
        return new RefusedModelException("it has more than %d nodes".formatted(bounds.nodes()));
    }
}
