package io.fieldserve.openinference.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.openinference.grpc.proto.OpenInference.ModelStreamInferResponse;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** What a stream answered so far. */
final class Answers implements StreamObserver<ModelStreamInferResponse> {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<ModelStreamInferResponse> received = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    @Override
    public void onNext(ModelStreamInferResponse response) {
        received.add(response);
    }

    @Override
    public void onError(Throwable failure) {
        end.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
        end.complete(null);
    }

    /** Waits for so many. */
    void await(int count) {
        Awaitility.await().atMost(PATIENCE).until(() -> received.size() >= count);
    }

    /** All of them, once the stream has ended well. */
    List<ModelStreamInferResponse> all() {
        assertThat(end).succeedsWithin(PATIENCE);
        return received;
    }
}
