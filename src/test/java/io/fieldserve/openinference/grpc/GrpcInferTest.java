package io.fieldserve.openinference.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.fieldserve.openinference.grpc.proto.OpenInference.InferParameter;
import io.fieldserve.openinference.grpc.proto.OpenInference.InferTensorContents;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferResponse;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferResponse.InferOutputTensor;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.wire.TestArrays;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inference over gRPC gives the numbers that the trainer saved, and those of REST to the bit. */
@QuarkusTest
class GrpcInferTest extends GrpcTest {

    /** Of the norm of the mean, as for the other APIs. */
    private static final double TOLERANCE = 1e-5;

    @ParameterizedTest
    @CsvSource({"darcy-fno, permeability, pressure", "burgers-fno, initial_velocity, final_velocity"})
    void servesWhatPyTorchSaved(String model, String input, String output) {
        // Given
        Path golden = Path.of("models/repository", model, "1/golden.npz");
        Map<String, Tensor> saved = TestArrays.read(golden, List.of(input, "mean", "std"));
        Tensor field = saved.get(input);
        ModelInferRequest request = ModelInferRequest.newBuilder()
                .setModelName(model)
                .addInputs(input(input, "FP32", field.shape().dims()))
                .addRawInputContents(bytes(field))
                .build();

        // When
        ModelInferResponse response = service().modelInfer(request);

        // Then
        FloatBuffer mean = saved.get("mean").floats();
        assertThat(response.getOutputsList())
                .extracting(InferOutputTensor::getName)
                .containsExactly(output, output + ".std");
        assertThat(response.getOutputs(0).getShapeList())
                .containsExactlyElementsOf(
                        Arrays.stream(saved.get("mean").shape().dims()).boxed().toList());
        double norm = distance(new float[mean.capacity()], mean);
        assertThat(distance(values(response, 0), mean)).isLessThan(TOLERANCE * norm);
        assertThat(distance(values(response, 1), saved.get("std").floats())).isLessThan(TOLERANCE * norm);
    }

    @Test
    void answersAsRestDoesToTheBit() {
        // Given
        ModelInferRequest request = darcy().addOutputs(output("pressure.upper"))
                .addOutputs(output("pressure"))
                .addOutputs(output("pressure.members"))
                .putParameters(
                        "level",
                        InferParameter.newBuilder().setDoubleParam(0.95).build())
                .build();

        // When
        ModelInferResponse response = service().modelInfer(request);

        // Then
        assertThat(response.getOutputsList())
                .extracting(InferOutputTensor::getName)
                .containsExactly("pressure.upper", "pressure", "pressure.members");
        assertThat(response.getOutputs(0).getParametersMap().get("level").getDoubleParam())
                .isEqualTo(0.95);
        assertThat(response.getParametersMap()).containsKey("trusted");
        assertThat(joined(response)).isEqualTo(overRest("pressure.upper", "pressure", "pressure.members"));
    }

    private static byte[] joined(ModelInferResponse response) {
        return ByteString.copyFrom(response.getRawOutputContentsList()).toByteArray();
    }

    /** The binary part of the reply to the same request over REST. */
    private static byte[] overRest(String... outputs) {
        String names = String.join("\"}, {\"name\": \"", outputs);
        byte[] json = """
                {"parameters": {"level": 0.95, "binary_data_output": true},
                 "inputs": [{"name": "permeability", "datatype": "FP32", "shape": [1, 1, 64, 64],
                             "parameters": {"binary_data_size": 16384}}],
                 "outputs": [{"name": "%s"}]}""".formatted(names).getBytes(StandardCharsets.UTF_8);
        byte[] body = Arrays.copyOf(json, json.length + 16384);
        bytes(FIELD).copyTo(body, json.length);
        HttpResponse<byte[]> reply = send(request("/v2/models/darcy-fno/infer")
                .header("Inference-Header-Content-Length", Integer.toString(json.length))
                .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(body)));
        assertThat(reply.statusCode()).isEqualTo(200);
        int header = Integer.parseInt(
                reply.headers().firstValue("Inference-Header-Content-Length").orElseThrow());
        return Arrays.copyOfRange(reply.body(), header, reply.body().length);
    }

    static Stream<Arguments> rawElements() {
        return Stream.of(
                element("INT8", 1, (bytes, value) -> bytes.put((byte) (int) value)),
                element("UINT8", 1, (bytes, value) -> bytes.put((byte) (int) value)),
                element("INT16", 2, (bytes, value) -> bytes.putShort((short) (int) value)),
                element("UINT16", 2, (bytes, value) -> bytes.putShort((short) (int) value)),
                element("INT32", 4, ByteBuffer::putInt),
                element("UINT32", 4, ByteBuffer::putInt),
                element("INT64", 8, ByteBuffer::putLong),
                element("UINT64", 8, ByteBuffer::putLong),
                element("FP16", 2, (bytes, value) -> bytes.putShort(Float.floatToFloat16(value))),
                element("BF16", 2, (bytes, value) -> bytes.putShort((short) (Float.floatToIntBits(value) >>> 16))),
                element("FP64", 8, ByteBuffer::putDouble));
    }

    private static Arguments element(String datatype, int size, BiConsumer<ByteBuffer, Integer> put) {
        return Arguments.of(datatype, size, put);
    }

    @ParameterizedTest
    @MethodSource("rawElements")
    void takesEveryDatatypeRaw(String datatype, int size, BiConsumer<ByteBuffer, Integer> put) {
        // Given the permeability's values, 12 and 3, which every type has
        ByteBuffer bytes = ByteBuffer.allocate(size * 4096).order(ByteOrder.LITTLE_ENDIAN);
        for (int index = 0; index < 4096; index++) {
            put.accept(bytes, index % 3 == 0 ? 12 : 3);
        }
        ModelInferRequest request =
                darcy(datatype, ByteString.copyFrom(bytes.flip())).build();

        // When
        ModelInferResponse response = service().modelInfer(request);

        // Then
        assertThat(joined(response)).isEqualTo(joined(service().modelInfer(darcy().build())));
    }

    static Stream<Arguments> contents() {
        BiConsumer<InferTensorContents.Builder, Integer> ints = InferTensorContents.Builder::addIntContents;
        BiConsumer<InferTensorContents.Builder, Integer> unsigned = InferTensorContents.Builder::addUintContents;
        BiConsumer<InferTensorContents.Builder, Integer> longs = InferTensorContents.Builder::addInt64Contents;
        BiConsumer<InferTensorContents.Builder, Integer> unsignedLongs = InferTensorContents.Builder::addUint64Contents;
        BiConsumer<InferTensorContents.Builder, Integer> floats = InferTensorContents.Builder::addFp32Contents;
        BiConsumer<InferTensorContents.Builder, Integer> doubles = InferTensorContents.Builder::addFp64Contents;
        return Stream.of(
                Arguments.of("INT8", ints),
                Arguments.of("INT16", ints),
                Arguments.of("INT32", ints),
                Arguments.of("INT64", longs),
                Arguments.of("UINT8", unsigned),
                Arguments.of("UINT16", unsigned),
                Arguments.of("UINT32", unsigned),
                Arguments.of("UINT64", unsignedLongs),
                Arguments.of("FP32", floats),
                Arguments.of("FP64", doubles));
    }

    @ParameterizedTest
    @MethodSource("contents")
    void takesContentsOfEveryDatatype(String datatype, BiConsumer<InferTensorContents.Builder, Integer> add) {
        // Given
        InferTensorContents.Builder contents = InferTensorContents.newBuilder();
        for (int index = 0; index < 4096; index++) {
            add.accept(contents, index % 3 == 0 ? 12 : 3);
        }
        ModelInferRequest request = ModelInferRequest.newBuilder()
                .setModelName(DARCY)
                .addInputs(input("permeability", datatype, 1, 1, 64, 64).setContents(contents))
                .build();

        // When
        ModelInferResponse response = service().modelInfer(request);

        // Then
        assertThat(joined(response)).isEqualTo(joined(service().modelInfer(darcy().build())));
    }

    @Test
    void echoesTheIdAndNamesTheVersion() {
        // Given
        ModelInferRequest request = darcy().setId("case 7").setModelVersion("1").build();

        // When
        ModelInferResponse response = service().modelInfer(request);

        // Then
        assertThat(response.getId()).isEqualTo("case 7");
        assertThat(response.getModelName()).isEqualTo(DARCY);
        assertThat(response.getModelVersion()).isEqualTo("1");
        assertThat(response.getOutputs(0).getDatatype()).isEqualTo("FP32");
    }

    @Test
    void takesTheMeanOfAsManyMembersAsAskedFor() {
        // Given
        ModelInferRequest request = darcy().putParameters("members", whole(1)).build();

        // When
        ModelInferResponse response = service().modelInfer(request);

        // Then
        ModelInferResponse all = service()
                .modelInfer(darcy().addOutputs(output("pressure.members")).build());
        assertThat(response.getOutputsCount()).isOne();
        assertThat(values(response, 0)).isEqualTo(Arrays.copyOf(values(all, 0), 4096));
    }

    @Test
    void answersABatchWithoutTheChannelAxisInItsLayout() {
        // Given
        Tensor three = TestArrays.permeability(3, 32, 48);
        ModelInferRequest request = ModelInferRequest.newBuilder()
                .setModelName(DARCY)
                .addInputs(input("permeability", "FP32", 3, 32, 48))
                .addRawInputContents(bytes(three))
                .build();

        // When
        ModelInferResponse response = service().modelInfer(request);

        // Then
        assertThat(response.getOutputs(0).getShapeList()).containsExactly(3L, 32L, 48L);
        assertThat(values(response, 0)).hasSize(3 * 32 * 48);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void takesCompressedMessages(String coding) {
        // When
        ModelInferResponse response = service().withCompression(coding).modelInfer(darcy().build());

        // Then
        assertThat(joined(response)).isEqualTo(joined(service().modelInfer(darcy().build())));
    }

    private static double distance(float[] served, FloatBuffer saved) {
        assertThat(served).hasSize(saved.capacity());
        double squares = 0;
        for (int index = 0; index < served.length; index++) {
            double difference = (double) served[index] - saved.get(index);
            squares += difference * difference;
        }
        return Math.sqrt(squares);
    }
}
