package io.fieldserve.openinference.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.fieldserve.codec.DecodedInputs;
import io.fieldserve.fuzz.FuzzMemory;
import io.fieldserve.fuzz.FuzzTarget;
import io.fieldserve.openinference.QueryFuzz;
import io.fieldserve.openinference.grpc.proto.OpenInference.InferParameter;
import io.fieldserve.openinference.grpc.proto.OpenInference.InferTensorContents;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferRequest.InferInputTensor;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferRequest.InferRequestedOutputTensor;
import io.fieldserve.prediction.InputRules;
import io.fieldserve.prediction.RequestLimits;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.surrogate.ManifestFixture;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Messages of an inference over gRPC. */
public final class GrpcInferFuzz implements FuzzTarget {

    private static final RequestLimits LIMITS = new RequestLimits(8, 1 << 16, Duration.ofSeconds(30));

    private final FuzzMemory memory = new FuzzMemory();
    private final List<Manifest> manifests =
            List.of(ManifestFixture.pair().manifest(), ManifestFixture.affine().manifest());

    @Override
    public void run(byte[] input) throws Exception {
        ModelInferRequest request;
        try {
            request = ModelInferRequest.parseFrom(input);
        } catch (InvalidProtocolBufferException e) {
            // Never reaches the service.
            return;
        }
        for (Manifest manifest : manifests) {
            memory.refusal(() -> QueryFuzz.ask(RequestReader.query(request), manifest));
            memory.refusal(() -> {
                try (DecodedInputs inputs = RequestReader.inputs(request, new InputRules(manifest, LIMITS), memory)) {
                    FuzzTarget.require(
                            inputs.fields().size() == manifest.inputs().size(), "all fields are there");
                }
            });
        }
    }

    @Override
    public Stream<byte[]> seeds() {
        InferInputTensor.Builder permeability = InferInputTensor.newBuilder()
                .setName("permeability")
                .setDatatype("FP32")
                .addAllShape(List.of(1L, 1L, 2L, 3L));
        InferTensorContents contents = InferTensorContents.newBuilder()
                .addAllFp32Contents(List.of(1f, 2f, 3f, 4f, 5f, 6f))
                .build();
        ModelInferRequest typed = ModelInferRequest.newBuilder()
                .setId("1")
                .putParameters(
                        "timeout", InferParameter.newBuilder().setInt64Param(5).build())
                .putParameters(
                        "level", InferParameter.newBuilder().setDoubleParam(0.9).build())
                .addInputs(permeability.clone().setContents(contents))
                .addOutputs(InferRequestedOutputTensor.newBuilder().setName("pressure"))
                .build();
        ModelInferRequest raw = ModelInferRequest.newBuilder()
                .addInputs(permeability)
                .addRawInputContents(ByteString.copyFrom(new byte[24]))
                .build();
        ModelInferRequest pair = ModelInferRequest.newBuilder()
                .addInputs(input("forcing", "INT64", 1, 2, 2)
                        .setContents(InferTensorContents.newBuilder().addAllInt64Contents(List.of(1L, 2L, 3L, 4L))))
                .addInputs(input("viscosity", "FP64", 1, 1)
                        .setContents(InferTensorContents.newBuilder().addFp64Contents(0.5)))
                .build();
        return Stream.of(typed, raw, pair).map(ModelInferRequest::toByteArray);
    }

    private static InferInputTensor.Builder input(String name, String datatype, long... shape) {
        InferInputTensor.Builder input =
                InferInputTensor.newBuilder().setName(name).setDatatype(datatype);
        for (long dim : shape) {
            input.addShape(dim);
        }
        return input;
    }

    @Override
    public List<String> words() {
        return List.of(
                "permeability",
                "forcing",
                "viscosity",
                "pressure",
                "FP32",
                "FP16",
                "BF16",
                "BOOL",
                "UINT8",
                "UINT64",
                "INT8",
                "timeout",
                "priority",
                "level",
                "guarantee",
                "members",
                "shared_memory_region",
                "pointwise");
    }
}
