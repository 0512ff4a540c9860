package io.fieldserve.openinference.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.openinference.grpc.proto.GRPCInferenceServiceGrpc;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferResponse;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelStreamInferResponse;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A stream answers every request, in whatever order, and outlives those that fail. */
@QuarkusTest
class GrpcStreamTest extends GrpcTest {

    private final Answers answers = new Answers();

    @Test
    void answersMoreRequestsThanItTakesInAtATime() {
        // Given
        int requests = 3 * InferStream.CONCURRENT;
        ModelInferResponse alone = service().modelInfer(darcy().build());

        // When
        StreamObserver<ModelInferRequest> stream = stream();
        IntStream.range(0, requests)
                .forEach(id -> stream.onNext(darcy().setId("case " + id).build()));
        stream.onCompleted();

        // Then
        List<ModelStreamInferResponse> all = answers.all();
        assertThat(all).hasSize(requests).allSatisfy(answer -> {
            assertThat(answer.getErrorMessage()).isEmpty();
            assertThat(answer.getInferResponse().getRawOutputContentsList())
                    .isEqualTo(alone.getRawOutputContentsList());
        });
        assertThat(all)
                .extracting(answer -> answer.getInferResponse().getId())
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, requests)
                        .mapToObj(id -> "case " + id)
                        .toList());
    }

    @Test
    void goesOnAfterARequestThatFails() {
        // When
        StreamObserver<ModelInferRequest> stream = stream();
        stream.onNext(darcy().setId("first").build());
        stream.onNext(darcy().setId("bad").setModelName("nothing").build());
        stream.onNext(darcy().setId("last").build());
        stream.onCompleted();

        // Then
        Map<String, ModelStreamInferResponse> byId = answers.all().stream()
                .collect(Collectors.toMap(answer -> answer.getInferResponse().getId(), Function.identity()));
        assertThat(byId).containsOnlyKeys("first", "bad", "last");
        assertThat(byId.get("bad").getErrorMessage()).startsWith("There is no surrogate 'nothing'");
        assertThat(byId.get("bad").getInferResponse().getOutputsList()).isEmpty();
        assertThat(byId.get("last").getInferResponse().getRawOutputContentsCount())
                .isEqualTo(2);
    }

    @Test
    void answersWhileTheCallerGoesOnAsking() {
        // Given
        StreamObserver<ModelInferRequest> stream = stream();
        stream.onNext(darcy().setId("first").build());
        answers.await(1);

        // When
        stream.onNext(darcy().setId("second").build());
        answers.await(2);
        stream.onCompleted();

        // Then
        assertThat(answers.all())
                .extracting(answer -> answer.getInferResponse().getId())
                .containsExactly("first", "second");
    }

    @Test
    void marksTheAnswerAsTheOnlyOneForThoseWhoAsk() {
        // When
        StreamObserver<ModelInferRequest> stream = stream();
        stream.onNext(darcy().putParameters("triton_enable_empty_final_response", flag(true))
                .build());
        stream.onCompleted();

        // Then
        ModelInferResponse answer = answers.all().getFirst().getInferResponse();
        assertThat(answer.getParametersOrThrow("triton_final_response").getBoolParam())
                .isTrue();
    }

    @Test
    void endsAStreamOfNothing() {
        // When
        stream().onCompleted();

        // Then
        assertThat(answers.all()).isEmpty();
    }

    private StreamObserver<ModelInferRequest> stream() {
        return GRPCInferenceServiceGrpc.newStub(channel()).modelStreamInfer(answers);
    }
}
