package io.fieldserve.openinference.grpc;

import io.fieldserve.batching.DroppedException;
import io.fieldserve.batching.OverloadException;
import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import io.fieldserve.tensor.SlabLimitException;
import io.fieldserve.wire.Problem;
import io.fieldserve.wire.ProblemListener;
import io.fieldserve.wire.Problems;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.arc.All;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The one place where what went wrong meets its status. */
@Singleton
public final class Failures {

    private static final System.Logger LOG = System.getLogger(Failures.class.getName());

    /** When clients that retry by themselves may do so, from gRPC's design of retries (A6). */
    private static final Metadata.Key<String> RETRY_AFTER =
            Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

    /** Descriptions travel in a header, and clients take no more than 8 KiB of those. */
    private static final int LONGEST_DESCRIPTION = 800;

    private final List<ProblemListener> listeners;

    @Inject
    Failures(@All List<ProblemListener> listeners) {
        this.listeners = listeners;
    }

    /** The failure behind an exception, which a caller is about to be told. A fault of the service is logged. */
    public Failure of(Throwable thrown) {
        Failure failure = behind(thrown);
        Problem problem = Problems.of(failure);
        listeners.forEach(listener -> listener.replying(problem));
        return failure;
    }

    private static Failure behind(Throwable thrown) {
        return switch (thrown) {
            case FailureException refused -> refused.failure();
            case DroppedException _ -> new Failure.Unavailable("it is shutting down");
            case OverloadException overload -> new Failure.Overloaded(overload.retryAfter());
            case SlabLimitException outOfMemory -> {
                LOG.log(Level.WARNING, outOfMemory.getMessage());
                yield new Failure.Overloaded(Duration.ofSeconds(1));
            }
            default -> {
                String incident = UUID.randomUUID().toString();
                LOG.log(Level.ERROR, "Incident " + incident, thrown);
                yield new Failure.Internal(incident);
            }
        };
    }

    /** What ends a call. */
    public static StatusRuntimeException status(Failure failure) {
        Metadata trailers = new Metadata();
        retryAfter(failure).ifPresent(wait -> trailers.put(RETRY_AFTER, Long.toString(wait.toMillis())));
        return code(failure).withDescription(description(failure)).asRuntimeException(trailers);
    }

    private static Optional<Duration> retryAfter(Failure failure) {
        return switch (failure) {
            case Failure.Overloaded(Duration wait) -> Optional.of(wait);
            case Failure.TooOften(Duration wait) -> Optional.of(wait);
            case Failure.TooManyAtOnce _ -> Optional.of(Failure.TooManyAtOnce.RETRY_AFTER);
            default -> Optional.empty();
        };
    }

    /** What is said of it, bounded. */
    static String description(Failure failure) {
        String detail = failure.detail();
        return detail.length() > LONGEST_DESCRIPTION ? detail.substring(0, LONGEST_DESCRIPTION) + "..." : detail;
    }

    private static Status code(Failure failure) {
        return switch (failure) {
            case Failure.MalformedBody _, Failure.InvalidParameter _, Failure.InvalidInput _ -> Status.INVALID_ARGUMENT;
            case Failure.UnknownSurrogate _, Failure.UnknownVersion _, Failure.NoExamples _ -> Status.NOT_FOUND;
            case Failure.Unauthenticated _ -> Status.UNAUTHENTICATED;
            case Failure.MissingRole _, Failure.NotAllowed _ -> Status.PERMISSION_DENIED;
            case Failure.TooLarge _, Failure.Overloaded _, Failure.TooOften _, Failure.TooManyAtOnce _ ->
                Status.RESOURCE_EXHAUSTED;
            case Failure.DeadlineExceeded _ -> Status.DEADLINE_EXCEEDED;
            case Failure.CallerGone _, Failure.BodyNotReceived _ -> Status.CANCELLED;
            case Failure.Unavailable _ -> Status.UNAVAILABLE;
            case Failure.Internal _ -> Status.INTERNAL;
        };
    }
}
