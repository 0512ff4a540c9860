package io.fieldserve.wire;

import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.Failure.BodyNotReceived;
import io.fieldserve.prediction.Failure.CallerGone;
import io.fieldserve.prediction.Failure.DeadlineExceeded;
import io.fieldserve.prediction.Failure.Internal;
import io.fieldserve.prediction.Failure.InvalidInput;
import io.fieldserve.prediction.Failure.InvalidParameter;
import io.fieldserve.prediction.Failure.MalformedBody;
import io.fieldserve.prediction.Failure.MissingRole;
import io.fieldserve.prediction.Failure.NoExamples;
import io.fieldserve.prediction.Failure.NotAllowed;
import io.fieldserve.prediction.Failure.Overloaded;
import io.fieldserve.prediction.Failure.TooLarge;
import io.fieldserve.prediction.Failure.TooManyAtOnce;
import io.fieldserve.prediction.Failure.TooOften;
import io.fieldserve.prediction.Failure.Unauthenticated;
import io.fieldserve.prediction.Failure.Unavailable;
import io.fieldserve.prediction.Failure.UnknownSurrogate;
import io.fieldserve.prediction.Failure.UnknownVersion;

/** The one place where a failure meets its status and its problem type. */
public final class Problems {

    private Problems() {}

    /** The failure as a problem document has it. */
    public static Problem of(Failure failure) {
        String detail = failure.detail();
        return switch (failure) {
            case MalformedBody(String field, String expected, String actual) ->
                Problem.about(400, "malformed-body", detail, field, expected, actual);
            case InvalidParameter(String parameter, String expected, String actual) ->
                Problem.aboutParameter("invalid-parameter", detail, parameter, expected, actual);
            case InvalidInput(String field, String expected, String actual) ->
                Problem.about(422, "invalid-input", detail, field, expected, actual);
            case TooLarge(String field, String expected, String actual) ->
                Problem.about(413, "too-large", detail, field, expected, actual);
            case BodyNotReceived _ -> Problem.of(408, "body-not-received", detail);
            case UnknownSurrogate _ -> Problem.of(404, "unknown-surrogate", detail);
            case UnknownVersion _ -> Problem.of(404, "unknown-version", detail);
            case Unauthenticated _ -> Problem.of(401, "unauthenticated", detail);
            case MissingRole _ -> Problem.of(403, "missing-role", detail);
            case NotAllowed _ -> Problem.of(403, "not-allowed", detail);
            case NoExamples _ -> Problem.of(404, "no-examples", detail);
            case TooOften _ -> Problem.of(429, "client-rate", detail);
            case TooManyAtOnce _ -> Problem.of(429, "client-requests", detail);
            case Overloaded _ -> Problem.of(429, "overloaded", detail);
            case DeadlineExceeded _ -> Problem.of(504, "deadline-exceeded", detail);
            case CallerGone _ -> Problem.of(499, "caller-gone", detail);
            case Unavailable _ -> Problem.of(503, "unavailable", detail);
            case Internal(String incident) -> Problem.internal(detail, incident);
        };
    }
}
