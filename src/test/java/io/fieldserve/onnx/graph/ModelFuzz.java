package io.fieldserve.onnx.graph;

import static io.fieldserve.fuzz.FuzzTarget.require;

import io.fieldserve.fuzz.FuzzSeeds;
import io.fieldserve.fuzz.FuzzTarget;
import io.fieldserve.onnx.graph.ModelFile.Weights;
import io.fieldserve.onnx.graph.proto.Onnx.NodeProto;
import io.fieldserve.onnx.graph.proto.Onnx.TensorProto;
import io.fieldserve.onnx.graph.proto.Onnx.TensorProto.DataLocation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Model files. One that is rewritten or cut into its members becomes models again. */
public final class ModelFuzz implements FuzzTarget {

    private static final List<Map<String, String>> OUTPUTS =
            List.of(Map.of("members", "u"), Map.of("u.members", "u", "v.members", "v"));

    private static final int FUNCTIONS = 25;
    private static final Set<String> DOMAINS = Set.of("", "ai.onnx", "ai.onnx.ml", "com.microsoft");
    private static final ModelBounds BOUNDS = new ModelBounds(1 << 20, 1000);

    @Override
    public void run(byte[] input) throws IOException {
        check(input);
        rewrite(input);
    }

    /** What is refused is refused with a sentence; what isn't, Protocol Buffers see nothing in either that should be. */
    private static void check(byte[] input) throws IOException {
        try {
            ModelFile.check(new ByteArrayInputStream(input), input.length, Path.of(""), BOUNDS, Weights.INSIDE);
        } catch (RefusedModelException e) {
            require(!e.getMessage().isEmpty(), "says why");
            return;
        }
        Model.parse(input).ifPresent(model -> {
            List<NodeProto> nodes = model.getGraph().getNodeList().stream()
                    .flatMap(Names::withNested)
                    .toList();
            require(nodes.size() <= BOUNDS.nodes(), "no more nodes than are allowed");
            require(
                    model.getGraph().getInitializerList().stream().allMatch(ModelFuzz::isHere)
                            && nodes.stream()
                                    .flatMap(node -> node.getAttributeList().stream())
                                    .allMatch(attribute -> isHere(attribute.getT())),
                    "no weights lie elsewhere");
            boolean functions = model.getUnknownFields().hasField(FUNCTIONS);
            require(
                    functions || nodes.stream().map(NodeProto::getDomain).allMatch(DOMAINS::contains),
                    "no operator is a stranger");
        });
    }

    private static boolean isHere(TensorProto tensor) {
        return tensor.getDataLocation() != DataLocation.EXTERNAL;
    }

    /** Does to a model's bytes all that is done before ONNX Runtime sees them. */
    static void rewrite(byte[] model) {
        DftRewrite.rewrite(model).ifPresent(rewritten -> {
            require(Model.parse(rewritten.model()).isPresent(), "a rewritten model is a model");
            require(!rewritten.description().isEmpty(), "a rewritten model says so");
        });
        for (Map<String, String> outputs : OUTPUTS) {
            MemberSplit.split(model, outputs).ifPresent(members -> {
                require(members.size() > 1, "an ensemble has members");
                require(members.stream().allMatch(member -> Model.parse(member).isPresent()), "a member is a model");
            });
        }
    }

    @Override
    public Stream<byte[]> seeds() {
        return Stream.of("graph", "graphs", "plain").flatMap(folder -> FuzzSeeds.files(folder, ".onnx"));
    }

    @Override
    public List<String> words() {
        return RewriteFuzz.OPERATORS;
    }
}
