package io.fieldserve.prediction;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Every way in which a request can fail, as a value. What each becomes on the wire is decided by the protocol. */
public sealed interface Failure {
    /** A sentence for the caller: which field or parameter, what was expected, what came. */
    String detail();

    /** This failure as an exception to throw. */
    default FailureException asException() {
        return new FailureException(this);
    }

    /** The bytes don't say what their format requires. An empty field means the body as a whole. */
    record MalformedBody(String field, String expected, String actual) implements Failure {
        @Override
        public String detail() {
            return subject(field) + " is malformed: expected " + expected + ", got " + actual + ".";
        }
    }

    /** The body stopped coming before its end, or came too slowly. */
    record BodyNotReceived(String reason) implements Failure {
        @Override
        public String detail() {
            return "The body did not arrive: " + reason + ".";
        }
    }

    /** A query parameter or header that cannot be understood. */
    record InvalidParameter(String parameter, String expected, String actual) implements Failure {
        @Override
        public String detail() {
            return "Parameter '" + parameter + "' is invalid: expected " + expected + ", got " + actual + ".";
        }
    }

    /** Well formed, but not this surrogate's input: rank, shape, dtype, a field missing or unknown. */
    record InvalidInput(String field, String expected, String actual) implements Failure {
        @Override
        public String detail() {
            return subject(field) + " does not fit this surrogate: expected " + expected + ", got " + actual + ".";
        }
    }

    /** Over a limit on the size of body, grid or batch. */
    record TooLarge(String field, String expected, String actual) implements Failure {
        @Override
        public String detail() {
            return subject(field) + " is too large: expected " + expected + ", got " + actual + ".";
        }
    }

    /** No surrogate has this name. */
    record UnknownSurrogate(String name, List<String> known) implements Failure {
        public UnknownSurrogate {
            known = List.copyOf(known);
        }

        @Override
        public String detail() {
            return "There is no surrogate '" + name + "': expected " + oneOf(known) + ".";
        }
    }

    /** The surrogate exists, but not in this version. */
    record UnknownVersion(String name, String version, List<Integer> known) implements Failure {
        public UnknownVersion {
            known = List.copyOf(known);
        }

        @Override
        public String detail() {
            return "Surrogate '" + name + "' has no version '" + version + "': expected " + oneOf(known) + ".";
        }
    }

    /** The version ships no example cases. */
    record NoExamples(String name, int version) implements Failure {
        @Override
        public String detail() {
            return "Version " + version + " of surrogate '" + name + "' ships no examples.";
        }
    }

    /** Nobody is known to be calling, where somebody has to be. Says nothing of the credentials that came. */
    record Unauthenticated(String reason) implements Failure {
        @Override
        public String detail() {
            return "This call takes a key or a token: " + reason + ".";
        }
    }

    /** Somebody is known to be calling, but may not do this. */
    record MissingRole(String role) implements Failure {
        @Override
        public String detail() {
            return "This call takes the role '" + role + "', which its caller does not have.";
        }
    }

    /** What the configuration keeps callers from. */
    record NotAllowed(String what, String setting) implements Failure {
        @Override
        public String detail() {
            return what + " is not allowed here: it takes " + setting + ".";
        }
    }

    /** Over the rate or the queue limit; worth another try after the given time. */
    record Overloaded(Duration retryAfter) implements Failure {
        @Override
        public String detail() {
            return "The service is at its limit: try again in " + seconds(retryAfter) + ".";
        }
    }

    /** One client asks more often than it may; it may again after the given time. */
    record TooOften(Duration retryAfter) implements Failure {
        @Override
        public String detail() {
            return "This client asks more often than it may: try again in " + seconds(retryAfter) + ".";
        }
    }

    /** One client has as many requests in flight as it may; it may have another when one of them is answered. */
    record TooManyAtOnce(int most) implements Failure {
        /** When another try is worth it: nobody knows, so soon. */
        public static final Duration RETRY_AFTER = Duration.ofSeconds(1);

        @Override
        public String detail() {
            return "This client has as many requests in flight as it may, which is " + most
                    + ": wait until one of them is answered.";
        }
    }

    /** The deadline passed before anything was computed. */
    record DeadlineExceeded(Duration waited) implements Failure {
        @Override
        public String detail() {
            return "The deadline passed after " + seconds(waited) + ".";
        }
    }

    /** The caller went away before anything was computed. Said to nobody but the access log. */
    record CallerGone() implements Failure {
        @Override
        public String detail() {
            return "The caller has gone.";
        }
    }

    /** Starting, draining, or the surrogate is being unloaded. */
    record Unavailable(String reason) implements Failure {
        @Override
        public String detail() {
            return "The service cannot answer now: " + reason + ".";
        }
    }

    /** A fault of the service. The identifier finds it in the log; nothing else is told. */
    record Internal(String incident) implements Failure {
        @Override
        public String detail() {
            return "The service failed. The incident is logged as " + incident + ".";
        }
    }

    private static String subject(String field) {
        return field.isEmpty() ? "The body" : "Field '" + field + "'";
    }

    private static String oneOf(Collection<?> known) {
        return known.isEmpty()
                ? "one that is served, of which there are none"
                : "one of " + known.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String seconds(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0 && duration.isPositive()) {
            return TimeUnit.NANOSECONDS.toMicros(duration.toNanos()) + " us";
        }
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}
