package io.fieldserve.onnx.graph;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.fieldserve.onnx.graph.proto.Onnx.ModelProto;
import io.fieldserve.onnx.graph.proto.Onnx.OperatorSetIdProto;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/** A model's bytes as a message and back. */
final class Model {

    private Model() {}

    /** The model, whose weights are views of {@code bytes} and no copies; empty where the bytes are none. */
    static Optional<ModelProto> parse(byte[] bytes) {
        CodedInputStream input = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
        input.enableAliasing(true);
        try {
            return Optional.of(ModelProto.parseFrom(input)).filter(ModelProto::hasGraph);
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new AssertionError("bytes in memory can be read", e);
        }
    }

    /**
     * What a rule makes of a model; nothing where the bytes are none, or the graph isn't {@link WellFormed}. ONNX Runtime, to
     * which it is left as it is, says what is wrong with it.
     */
    static <T> Optional<T> read(byte[] bytes, Function<ModelProto, Optional<T>> rule) {
        try {
            return parse(bytes).filter(model -> WellFormed.is(model.getGraph())).flatMap(rule);
        } catch (MalformedGraphException e) {
            return Optional.empty();
        }
    }

    /** Whether the domain is that of ONNX's own operators. */
    static boolean isStandard(String domain) {
        return domain.isEmpty() || domain.equals("ai.onnx");
    }

    /** Version of ONNX's own operators that the model uses, 0 where it uses none. */
    static long operatorSet(ModelProto model) {
        return model.getOpsetImportList().stream()
                .filter(set -> isStandard(set.getDomain()))
                .mapToLong(OperatorSetIdProto::getVersion)
                .max()
                .orElse(0);
    }
}
