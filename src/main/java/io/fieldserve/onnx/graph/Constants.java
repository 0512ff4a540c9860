package io.fieldserve.onnx.graph;

import com.google.protobuf.ByteString;
import io.fieldserve.onnx.graph.proto.Onnx.AttributeProto;
import io.fieldserve.onnx.graph.proto.Onnx.NodeProto;
import io.fieldserve.onnx.graph.proto.Onnx.TensorProto;
import io.fieldserve.onnx.graph.proto.Onnx.TensorProto.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What can be known of values without running the graph. */
final class Constants {

    /** Bounds, axes and shapes are short; longer tensors are weights. */
    private static final int LONGEST = 4096;

    private final Graph graph;
    /** Whether values are scalars, as far as it was asked: operators may read one value twice. */
    private final Map<String, Boolean> scalars = new HashMap<>();

    Constants(Graph graph) {
        this.graph = graph;
    }

    /** The integers of a constant, in order whatever its shape. */
    Optional<List<Long>> integers(String value) {
        Optional<TensorProto> tensor = tensor(value);
        if (tensor.isPresent()) {
            return integers(tensor.get());
        }
        Optional<NodeProto> producer = graph.producer(value);
        if (producer.isEmpty()) {
            return Optional.empty();
        }
        NodeProto node = producer.get();
        return switch (Graph.operator(node)) {
            case "Constant" ->
                Attributes.find(node, "value_int")
                        .map(attribute -> List.of(attribute.getI()))
                        .or(() -> Attributes.find(node, "value_ints").map(AttributeProto::getIntsList));
            case "Identity", "Squeeze", "Unsqueeze", "Reshape" -> integers(node.getInput(0));
            default -> Optional.empty();
        };
    }

    /** The one integer of a constant. */
    OptionalLong integer(String value) {
        return integers(value)
                .filter(values -> values.size() == 1)
                .map(values -> OptionalLong.of(values.getFirst()))
                .orElse(OptionalLong.empty());
    }

    /** The elements of a vector, those known that are constant; empty where not even their number is known. */
    Optional<List<OptionalLong>> elements(String value) {
        Optional<List<Long>> known = integers(value);
        if (known.isPresent()) {
            return Optional.of(known.get().stream().map(OptionalLong::of).toList());
        }
        return graph.producer(value, "Concat").flatMap(this::concatenated);
    }

    private Optional<List<OptionalLong>> concatenated(NodeProto concat) {
        List<OptionalLong> elements = new ArrayList<>();
        for (String part : concat.getInputList()) {
            Optional<List<Long>> known = integers(part);
            if (known.isPresent()) {
                known.get().forEach(element -> elements.add(OptionalLong.of(element)));
            } else if (isSingle(part)) {
                elements.add(OptionalLong.empty());
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(elements);
    }

    /** Whether the vector is seen to have one element: exporters reshape a scalar to [-1], or unsqueeze it. */
    private boolean isSingle(String vector) {
        Optional<NodeProto> shape = graph.producer(vector, "Shape");
        if (shape.isPresent()) {
            return Attributes.integer(shape.get(), "end", 0) - Attributes.integer(shape.get(), "start", 0) == 1;
        }
        return graph.producer(vector, "Reshape").or(() -> graph.producer(vector, "Unsqueeze")).stream()
                .anyMatch(node -> isScalar(node.getInput(0)));
    }

    private boolean isScalar(String value) {
        Boolean known = scalars.get(value);
        if (known == null) {
            known = isSeenToBeScalar(value);
            scalars.put(value, known);
        }
        return known;
    }

    private boolean isSeenToBeScalar(String value) {
        return graph.producer(value)
                        .filter(node -> switch (Graph.operator(node)) {
                            case "Add", "Sub", "Mul", "Div", "Mod", "Min", "Max" ->
                                node.getInputList().stream().allMatch(this::isScalar);
                            case "Squeeze" -> isSingle(node.getInput(0));
                            case "Gather" ->
                                graph.producer(node.getInput(0), "Shape").isPresent() && isScalar(node.getInput(1));
                            default -> false;
                        })
                        .isPresent()
                || tensor(value).filter(tensor -> tensor.getDimsCount() == 0).isPresent();
    }

    /** Whether every element is seen to be zero. */
    boolean isZero(String value) {
        Optional<TensorProto> tensor = tensor(value);
        if (tensor.isPresent()) {
            return isZero(tensor.get());
        }
        return graph.producer(value)
                .filter(node -> switch (Graph.operator(node)) {
                    case "Constant" ->
                        Attributes.find(node, "value_float")
                                .filter(attribute -> attribute.getF() == 0)
                                .isPresent();
                    case "ConstantOfShape" ->
                        Attributes.find(node, "value")
                                .map(attribute -> isZero(attribute.getT()))
                                .orElse(true);
                    case "Expand", "Identity", "Cast", "Reshape", "Transpose", "Slice", "Unsqueeze" ->
                        isZero(node.getInput(0));
                    default -> false;
                })
                .isPresent();
    }

    /** The tensor of an initializer or a Constant node. */
    Optional<TensorProto> tensor(String value) {
        return graph.initializer(value)
                .or(() -> graph.producer(value, "Constant")
                        .flatMap(node -> Attributes.find(node, "value"))
                        .map(AttributeProto::getT));
    }

    private static boolean isZero(TensorProto tensor) {
        if (tensor.getDataType() != DataType.FLOAT_VALUE && tensor.getDataType() != DataType.DOUBLE_VALUE) {
            return false;
        }
        if (tensor.hasRawData()) {
            ByteString raw = tensor.getRawData();
            for (int index = 0; index < raw.size(); index++) {
                if (raw.byteAt(index) != 0) {
                    return false;
                }
            }
            return !raw.isEmpty();
        }
        List<? extends Number> values =
                tensor.getFloatDataCount() > 0 ? tensor.getFloatDataList() : tensor.getDoubleDataList();
        return !values.isEmpty() && values.stream().allMatch(number -> number.doubleValue() == 0);
    }

    private static Optional<List<Long>> integers(TensorProto tensor) {
        long size = tensor.getDimsList().stream().reduce(1L, (product, dim) -> product * dim);
        if (size > LONGEST) {
            return Optional.empty();
        }
        List<Long> values = new ArrayList<>();
        ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        switch (tensor.getDataType()) {
            case DataType.INT64_VALUE -> {
                values.addAll(tensor.getInt64DataList());
                while (raw.remaining() >= Long.BYTES) {
                    values.add(raw.getLong());
                }
            }
            case DataType.INT32_VALUE -> {
                tensor.getInt32DataList().forEach(value -> values.add(value.longValue()));
                while (raw.remaining() >= Integer.BYTES) {
                    values.add((long) raw.getInt());
                }
            }
            default -> {
                return Optional.empty();
            }
        }
        return values.size() == size ? Optional.of(Collections.unmodifiableList(values)) : Optional.empty();
    }
}
