package io.fieldserve.onnx.graph;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.fieldserve.onnx.graph.ExternalTensor.Place;
import io.fieldserve.onnx.graph.proto.Onnx.AttributeProto;
import io.fieldserve.onnx.graph.proto.Onnx.GraphProto;
import io.fieldserve.onnx.graph.proto.Onnx.ModelProto;
import io.fieldserve.onnx.graph.proto.Onnx.NodeProto;
import io.fieldserve.onnx.graph.proto.Onnx.StringStringEntryProto;
import io.fieldserve.onnx.graph.proto.Onnx.TensorProto;
import io.fieldserve.onnx.graph.proto.Onnx.TensorProto.DataLocation;
import io.fieldserve.onnx.graph.proto.Onnx.TensorProtoOrBuilder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Weights that lie in files beside a graph, put into it: what is served depends on no file once it is open. */
public final class ExternalWeights {

    /** What a protobuf message, and an array, can hold. */
    private static final long LARGEST = Integer.MAX_VALUE - (1 << 20);

    private final Path folder;
    private long bytes;

    private ExternalWeights(Path folder) {
        this.folder = folder;
    }

    /**
     * The model with all its weights in it; empty where they are in it as it is, where it is none, or where it would be
     * larger than a model in one piece can be.
     *
     * @throws IOException a file can't be read
     * @throws RefusedModelException weights lie outside the graph's folder, or are not all there
     */
    public static Optional<byte[]> inlined(Path graph) throws IOException {
        try (FileChannel file = FileChannel.open(graph, StandardOpenOption.READ)) {
            if (file.size() > LARGEST) {
                return Optional.empty();
            }
            // Weights that are in the file are neither copied nor read.
            CodedInputStream input = CodedInputStream.newInstance(file.map(MapMode.READ_ONLY, 0, file.size()));
            input.enableAliasing(true);
            ModelProto model = ModelProto.parseFrom(input);
            ExternalWeights weights =
                    new ExternalWeights(graph.toAbsolutePath().normalize().getParent());
            weights.measure(model.getGraph());
            if (weights.bytes == 0 || weights.bytes + file.size() > LARGEST) {
                return Optional.empty();
            }
            return Optional.of(model.toBuilder()
                    .setGraph(weights.inlined(model.getGraph()))
                    .build()
                    .toByteArray());
        } catch (InvalidProtocolBufferException e) {
            // Opening it says what is wrong.
            return Optional.empty();
        } catch (InternalError e) {
            // What reading a map of a file gives once the file has become shorter.
            throw new IOException("%s changes while it is read".formatted(graph.getFileName()), e);
        }
    }

    private void measure(GraphProto graph) throws IOException {
        for (TensorProto tensor : graph.getInitializerList()) {
            measure(tensor);
        }
        for (NodeProto node : graph.getNodeList()) {
            for (AttributeProto attribute : node.getAttributeList()) {
                measure(attribute.getT());
                if (attribute.hasG()) {
                    measure(attribute.getG());
                }
            }
        }
    }

    private void measure(TensorProto tensor) throws IOException {
        if (isElsewhere(tensor)) {
            bytes += place(tensor, folder).length();
        }
    }

    private static boolean isElsewhere(TensorProtoOrBuilder tensor) {
        return tensor.getDataLocation() == DataLocation.EXTERNAL;
    }

    private GraphProto inlined(GraphProto graph) throws IOException {
        GraphProto.Builder whole = graph.toBuilder();
        for (TensorProto.Builder tensor : whole.getInitializerBuilderList()) {
            inline(tensor);
        }
        for (NodeProto.Builder node : whole.getNodeBuilderList()) {
            for (AttributeProto.Builder attribute : node.getAttributeBuilderList()) {
                if (attribute.hasT()) {
                    inline(attribute.getTBuilder());
                }
                if (attribute.hasG()) {
                    attribute.setG(inlined(attribute.getG()));
                }
            }
        }
        return whole.build();
    }

    private void inline(TensorProto.Builder tensor) throws IOException {
        if (isElsewhere(tensor)) {
            tensor.setRawData(place(tensor, folder).read()).clearExternalData().clearDataLocation();
        }
    }

    private static Place place(TensorProtoOrBuilder tensor, Path folder) throws IOException {
        Map<String, String> entries = tensor.getExternalDataList().stream()
                .collect(Collectors.toMap(
                        StringStringEntryProto::getKey, StringStringEntryProto::getValue, (first, second) -> second));
        return new ExternalTensor(tensor.getName(), entries).place(folder);
    }
}
