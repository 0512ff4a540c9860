package io.fieldserve.openinference.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.fieldserve.openinference.grpc.proto.GRPCInferenceServiceGrpc;
import io.fieldserve.openinference.grpc.proto.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.fieldserve.openinference.grpc.proto.OpenInference.InferParameter;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferRequest.InferInputTensor;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferRequest.InferRequestedOutputTensor;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferResponse;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.wire.ServiceTest;
import io.fieldserve.wire.TestArrays;
import io.grpc.Codec;
import io.grpc.Compressor;
import io.grpc.CompressorRegistry;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Talks to a running service over gRPC, as a caller would: in the test's own process or in the packaged one. */
@QuarkusTestResource(GrpcPort.class)
abstract class GrpcTest extends ServiceTest {

    static final String DARCY = "darcy-fno";

    /** One case of a permeability of two values, as {@link TestArrays#permeability} has it. */
    static final Tensor FIELD = TestArrays.permeability(1, 1, 64, 64);

    private ManagedChannel channel;

    @BeforeEach
    void connect() {
        channel = NettyChannelBuilder.forAddress("localhost", port())
                .usePlaintext()
                .maxInboundMessageSize(Integer.MAX_VALUE)
                .compressorRegistry(compressors())
                .build();
    }

    @AfterEach
    void disconnect() throws InterruptedException {
        channel.shutdownNow();
        assertThat(channel.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Those of clients in other languages. */
    private static CompressorRegistry compressors() {
        CompressorRegistry compressors = CompressorRegistry.newEmptyInstance();
        compressors.register(new Codec.Gzip());
        compressors.register(new Compressor() {
            @Override
            public String getMessageEncoding() {
                return "deflate";
            }

            @Override
            public OutputStream compress(OutputStream target) {
                return new DeflaterOutputStream(target);
            }
        });
        return compressors;
    }

    int port() {
        return GrpcPort.chosen();
    }

    ManagedChannel channel() {
        return channel;
    }

    /** Waits for answers, though not for ever. */
    GRPCInferenceServiceBlockingStub service() {
        return GRPCInferenceServiceGrpc.newBlockingStub(channel).withDeadlineAfter(2, TimeUnit.MINUTES);
    }

    /** The permeability for Darcy's surrogate, in raw contents. */
    static ModelInferRequest.Builder darcy() {
        return darcy("FP32", bytes(FIELD));
    }

    static ModelInferRequest.Builder darcy(String datatype, ByteString raw) {
        return ModelInferRequest.newBuilder()
                .setModelName(DARCY)
                .addInputs(input("permeability", datatype, 1, 1, 64, 64))
                .addRawInputContents(raw);
    }

    static InferInputTensor.Builder input(String name, String datatype, long... shape) {
        InferInputTensor.Builder input =
                InferInputTensor.newBuilder().setName(name).setDatatype(datatype);
        Arrays.stream(shape).forEach(input::addShape);
        return input;
    }

    static InferRequestedOutputTensor output(String name) {
        return InferRequestedOutputTensor.newBuilder().setName(name).build();
    }

    static ByteString bytes(Tensor tensor) {
        return ByteString.copyFrom(tensor.bytes().asReadOnlyBuffer());
    }

    static InferParameter whole(long value) {
        return InferParameter.newBuilder().setInt64Param(value).build();
    }

    static InferParameter text(String value) {
        return InferParameter.newBuilder().setStringParam(value).build();
    }

    static InferParameter flag(boolean value) {
        return InferParameter.newBuilder().setBoolParam(value).build();
    }

    /** One output's elements. */
    static float[] values(ModelInferResponse response, int output) {
        ByteBuffer bytes = response.getRawOutputContents(output).asReadOnlyByteBuffer();
        FloatBuffer floats = bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        float[] values = new float[floats.remaining()];
        floats.get(values);
        return values;
    }

    /** The refusal of a request. */
    Status refusal(ModelInferRequest request) {
        return catchThrowableOfType(
                        StatusRuntimeException.class, () -> service().modelInfer(request))
                .getStatus();
    }
}
