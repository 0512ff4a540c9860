package io.fieldserve.openinference.grpc;

import io.fieldserve.codec.DecodedInputs;
import io.fieldserve.openinference.InferAnswer;
import io.fieldserve.openinference.InferQuery;
import io.fieldserve.openinference.Inferences;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferRequest;
import io.fieldserve.openinference.grpc.proto.OpenInference.ModelInferResponse;
import io.fieldserve.prediction.Caller;
import io.fieldserve.prediction.Catalogue;
import io.fieldserve.repository.SurrogateVersion;
import io.fieldserve.repository.SurrogateVersion.Lease;
import io.fieldserve.tensor.TensorAllocator;
import io.fieldserve.wire.EncodeListener;
import io.grpc.Deadline;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Inference, from its message to its answer. */
@ApplicationScoped
class Inference {

    private final Catalogue catalogue;
    private final Inferences inferences;
    private final TensorAllocator allocator;
    private final List<EncodeListener> listeners;

    @Inject
    Inference(
            Catalogue catalogue,
            Inferences inferences,
            TensorAllocator allocator,
            @All List<EncodeListener> listeners) {
        this.catalogue = catalogue;
        this.inferences = inferences;
        this.allocator = allocator;
        this.listeners = listeners;
    }

    /**
     * Infers, and waits for it.
     *
     * @param deadline of the call, if it has one
     * @param reply takes the response, which reads from memory that is given back as soon as this returns
     * @throws io.fieldserve.prediction.FailureException there is no answer
     */
    void infer(
            ModelInferRequest request, Optional<Deadline> deadline, Caller caller, Consumer<ModelInferResponse> reply) {
        InferQuery query = RequestReader.query(request);
        try (Lease lease = catalogue.lease(request.getModelName(), version(request.getModelVersion()));
                InferAnswer answer = answer(request, lease.version(), query, deadline, caller)) {
            long start = System.nanoTime();
            ModelInferResponse response = ResponseWriter.write(answer, finality(query));
            long nanos = System.nanoTime() - start;
            listeners.forEach(listener -> listener.encoded(lease.version().manifest(), nanos));
            reply.accept(response);
        }
    }

    /** The mark of a last response, for those who ask for it: every request has just one. */
    private static Map<String, Object> finality(InferQuery query) {
        return query.parameters().flag("triton_enable_empty_final_response", false)
                ? Map.of("triton_final_response", true)
                : Map.of();
    }

    private InferAnswer answer(
            ModelInferRequest request,
            SurrogateVersion version,
            InferQuery query,
            Optional<Deadline> deadline,
            Caller caller) {
        try (DecodedInputs inputs = RequestReader.inputs(request, inferences.contract(version), allocator)) {
            return inferences.infer(version, inputs, query, timeLeft(deadline), caller);
        }
    }

    private static Duration timeLeft(Optional<Deadline> deadline) {
        return deadline.map(end -> Duration.ofNanos(Math.max(0, end.timeRemaining(TimeUnit.NANOSECONDS))))
                .orElse(ChronoUnit.FOREVER.getDuration());
    }

    /** A version as the protocol has it: empty for the newest. */
    static Optional<String> version(String text) {
        return Optional.of(text).filter(number -> !number.isEmpty());
    }
}
