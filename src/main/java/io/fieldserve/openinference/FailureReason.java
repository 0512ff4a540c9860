package io.fieldserve.openinference;

import io.fieldserve.batching.OverloadException;
import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import io.fieldserve.tensor.SlabLimitException;

/** Why an inference failed, as Triton tells such reasons apart. */
public enum FailureReason {
    /** It waited too long, or there was no room for it. */
    REJECTED,
    /** Its caller went away. */
    CANCELED,
    /** The model failed. */
    BACKEND,
    /** Anything else, such as fields that don't go together. */
    OTHER;

    static FailureReason of(Throwable thrown) {
        return switch (thrown) {
            case FailureException refused -> of(refused.failure());
            case OverloadException _, SlabLimitException _ -> REJECTED;
            default -> BACKEND;
        };
    }

    private static FailureReason of(Failure failure) {
        return switch (failure) {
            case Failure.DeadlineExceeded _,
                    Failure.Overloaded _,
                    Failure.TooOften _,
                    Failure.TooManyAtOnce _,
                    Failure.Unavailable _ -> REJECTED;
            case Failure.CallerGone _, Failure.BodyNotReceived _ -> CANCELED;
            case Failure.Internal _ -> BACKEND;
            case Failure.MalformedBody _,
                    Failure.InvalidParameter _,
                    Failure.InvalidInput _,
                    Failure.TooLarge _,
                    Failure.UnknownSurrogate _,
                    Failure.UnknownVersion _,
                    Failure.NoExamples _,
                    Failure.Unauthenticated _,
                    Failure.MissingRole _,
                    Failure.NotAllowed _ -> OTHER;
        };
    }
}
