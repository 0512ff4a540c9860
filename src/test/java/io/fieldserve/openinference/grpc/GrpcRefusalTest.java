package io.fieldserve.openinference.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.fieldserve.openinference.grpc.proto.OpenInference.InferTensorContents;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferRequest;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.junit.QuarkusTest;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What can't be answered is refused with a status that clients know and a word on what to mend. */
@QuarkusTest
class GrpcRefusalTest extends GrpcTest {

    private static final int LIMIT = 64 << 20;

    static Stream<Arguments> bad() {
        InferTensorContents twoFloats = InferTensorContents.newBuilder()
                .addFp32Contents(3)
                .addFp32Contents(12)
                .build();
        return Stream.of(
                refused("no such model", darcy().setModelName("nothing"), Code.NOT_FOUND, "'nothing'", "burgers-fno"),
                refused("no model", darcy().setModelName(""), Code.NOT_FOUND, "''"),
                refused("no such version", darcy().setModelVersion("7"), Code.NOT_FOUND, "no version '7'"),
                refused("version isn't a number", darcy().setModelVersion("new"), Code.NOT_FOUND, "no version 'new'"),
                refused("no inputs", darcy().clearInputs().clearRawInputContents(), "permeability"),
                refused(
                        "no such input",
                        darcy().addInputs(input("p", "FP32", 1)).addRawInputContents(ByteString.EMPTY),
                        "got 'p'"),
                refused(
                        "an input twice",
                        darcy().addInputs(darcy().getInputs(0)).addRawInputContents(bytes(FIELD)),
                        "the field once"),
                refused("fewer bytes", darcy("FP32", bytes(FIELD).substring(4)), "16384 bytes", "16380 bytes"),
                refused("more bytes", darcy("FP64", bytes(FIELD)), "32768 bytes", "16384 bytes"),
                refused(
                        "more raw contents than inputs",
                        darcy().addRawInputContents(ByteString.EMPTY),
                        "as inputs, 1, got 2"),
                refused(
                        "fewer raw contents than inputs",
                        darcy().addInputs(input("q", "FP32", 1)),
                        "as inputs, 2, got 1"),
                refused("contents of too few elements", typed("FP32", twoFloats), "length 2"),
                refused("contents of another type", typed("INT32", twoFloats), "length 0"),
                refused("half precision in contents", typed("FP16", twoFloats), "FP16 in raw_input_contents"),
                refused(
                        "raw and typed",
                        darcy().setInputs(0, darcy().getInputs(0).toBuilder().setContents(twoFloats)),
                        "either raw_input_contents or contents"),
                refused("booleans", darcy("BOOL", bytes(FIELD)), "BOOL"),
                refused("strings", darcy("BYTES", bytes(FIELD)), "BYTES"),
                refused("no such type", darcy("FP8", bytes(FIELD)), "'FP8'"),
                refused("no type", darcy("", bytes(FIELD)), "''"),
                refused("negative shape", darcy().setInputs(0, input("permeability", "FP32", 1, 1, -64, -64)), "-64"),
                refused("too small a grid", small(), "32 to 512"),
                refused(
                        "many dimensions",
                        darcy().setInputs(0, input("permeability", "FP32", new long[65])),
                        "65 dimensions"),
                refused(
                        "not finite",
                        darcy(
                                "FP64",
                                ByteString.copyFrom(new byte[32760]).concat(ByteString.fromHex("000000000000f87f"))),
                        "NaN"),
                refused("no such output", darcy().addOutputs(output("flow")), "'flow'", "pressure.std"),
                refused(
                        "an output twice",
                        darcy().addOutputs(output("pressure")).addOutputs(output("pressure")),
                        "twice"),
                refused("classes", withOutputParameter("classification"), "outputs are fields"),
                refused("shared memory for an output", withOutputParameter("shared_memory_region"), "shared memory"),
                refused("no such level", darcy().putParameters("level", text("high")), "'level'"),
                refused("a negative time", darcy().putParameters("timeout", whole(-1)), "'timeout'"));
    }

    private static Arguments refused(String what, ModelInferRequest.Builder request, String... said) {
        return refused(what, request, Code.INVALID_ARGUMENT, said);
    }

    private static Arguments refused(String what, ModelInferRequest.Builder request, Code code, String... said) {
        return Arguments.of(what, request.build(), code, said);
    }

    private static ModelInferRequest.Builder typed(String datatype, InferTensorContents contents) {
        return darcy().clearRawInputContents()
                .setInputs(0, input("permeability", datatype, 1, 1, 64, 64).setContents(contents));
    }

    private static ModelInferRequest.Builder small() {
        return darcy("FP32", bytes(FIELD).substring(0, 256)).setInputs(0, input("permeability", "FP32", 1, 1, 8, 8));
    }

    private static ModelInferRequest.Builder withOutputParameter(String name) {
        return darcy().addOutputs(output("pressure").toBuilder().putParameters(name, whole(3)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void saysWhatIsWrong(String what, ModelInferRequest request, Code code, String[] said) {
        // When
        Status status = refusal(request);

        // Then
        assertThat(status.getCode()).as(status.toString()).isEqualTo(code);
        assertThat(status.getDescription()).contains(said);
    }

    @Test
    void takesAMessageOfJustTheLimit() {
        // Given a field that nobody has, so that only the message is judged
        ModelInferRequest request = ofSize(LIMIT);

        // When
        Status status = refusal(request);

        // Then
        assertThat(status.getCode()).as(status.toString()).isEqualTo(Code.INVALID_ARGUMENT);
    }

    @Test
    void refusesMetadataOverItsLimit() {
        // Given
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("long", Metadata.ASCII_STRING_MARSHALLER), "x".repeat(8 << 10));
        var service = service().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));

        // When
        StatusRuntimeException refusal =
                catchThrowableOfType(StatusRuntimeException.class, () -> service.modelInfer(darcy().build()));

        // Then
        assertThat(refusal.getStatus().getCode()).isEqualTo(Code.INTERNAL);
    }

    @Test
    void refusesAMessageOverTheLimit() {
        // When
        Status status = refusal(ofSize(LIMIT + 1));

        // Then
        assertThat(status.getCode()).as(status.toString()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    }

    private static ModelInferRequest ofSize(int bytes) {
        ModelInferRequest empty = darcy("FP32", ByteString.EMPTY).build();
        int lengthOfLength = 4 - 1;
        return darcy("FP32", ByteString.copyFrom(new byte[bytes - empty.getSerializedSize() - lengthOfLength]))
                .build();
    }

    @Test
    void keepsDescriptionsWithinWhatClientsTake() {
        // Given
        ModelInferRequest request = darcy().setModelName("é".repeat(100_000)).build();

        // When
        Status status = refusal(request);

        // Then
        assertThat(status.getCode()).isEqualTo(Code.NOT_FOUND);
        assertThat(status.getDescription())
                .startsWith("There is no surrogate 'é")
                .endsWith("...");
    }

    @Test
    void answersNothingOnceTheTimeIsOver() {
        // Given a microsecond, which is over before the inputs can have been read
        ModelInferRequest request = darcy().putParameters("timeout", whole(1)).build();

        // When
        Status status = refusal(request);

        // Then
        assertThat(status.getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
        assertThat(status.getDescription()).startsWith("The deadline passed after ");
    }

    @Test
    void endsACallWhoseDeadlineHasPassed() {
        // When
        Status status = catchThrowableOfType(
                        StatusRuntimeException.class,
                        () -> service()
                                .withDeadlineAfter(1, TimeUnit.NANOSECONDS)
                                .modelInfer(darcy().build()))
                .getStatus();

        // Then
        assertThat(status.getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
    }
}
