package io.fieldserve.openinference.grpc;

import com.google.protobuf.ByteString;
import io.fieldserve.openinference.InferCase;
import io.fieldserve.openinference.Protocol;
import io.fieldserve.openinference.grpc.proto.GRPCInferenceServiceGrpc;
import io.fieldserve.openinference.grpc.proto.OpenInference.InferParameter;
import io.fieldserve.openinference.grpc.proto.OpenInference.InferTensorContents;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferRequest.InferInputTensor;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The Open Inference Protocol over gRPC, with raw contents or lists of numbers. Its connection is closed with it. */
public final class GrpcProtocol implements Protocol, AutoCloseable {

    private final ManagedChannel channel = NettyChannelBuilder.forAddress("localhost", GrpcPort.chosen())
            .usePlaintext()
            .maxInboundMessageSize(Integer.MAX_VALUE)
            .build();
    private final boolean raw;

    private GrpcProtocol(boolean raw) {
        this.raw = raw;
    }

    /** Bytes there and back. */
    public static GrpcProtocol raw() {
        return new GrpcProtocol(true);
    }

    /** A list of numbers there, bytes back. */
    public static GrpcProtocol contents() {
        return new GrpcProtocol(false);
    }

    @Override
    public Map<String, float[]> send(InferCase request) {
        ModelInferResponse response = GRPCInferenceServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(2, TimeUnit.MINUTES)
                .modelInfer(message(request));
        Map<String, float[]> outputs = new LinkedHashMap<>();
        for (int i = 0; i < response.getOutputsCount(); i++) {
            outputs.put(response.getOutputs(i).getName(), GrpcTest.values(response, i));
        }
        return outputs;
    }

    private ModelInferRequest message(InferCase request) {
        ModelInferRequest.Builder message = ModelInferRequest.newBuilder().setModelName(request.model());
        InferInputTensor.Builder input =
                GrpcTest.input(request.input(), "FP32", request.shape().dims());
        float[] values = request.values();
        if (raw) {
            ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(values);
            message.addRawInputContents(ByteString.copyFrom(bytes));
        } else {
            InferTensorContents.Builder contents = InferTensorContents.newBuilder();
            for (float value : values) {
                contents.addFp32Contents(value);
            }
            input.setContents(contents);
        }
        message.addInputs(input);
        request.outputs().forEach(output -> message.addOutputs(GrpcTest.output(output)));
        request.parameters().forEach((name, value) -> message.putParameters(name, parameter(value)));
        return message.build();
    }

    private static InferParameter parameter(Object value) {
        InferParameter.Builder parameter = InferParameter.newBuilder();
        return switch (value) {
            case Long whole -> parameter.setInt64Param(whole).build();
            case Double number -> parameter.setDoubleParam(number).build();
            default -> parameter.setStringParam((String) value).build();
        };
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
