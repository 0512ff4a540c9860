package io.fieldserve.http;

import io.fieldserve.batching.Deadline;
import io.fieldserve.batching.Priority;
import io.fieldserve.batching.Urgency;
import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import io.fieldserve.prediction.PredictionOptions;
import io.fieldserve.prediction.Quantity;
import io.fieldserve.surrogate.Calibration;
import io.fieldserve.surrogate.Guarantee;
import jakarta.ws.rs.core.MultivaluedMap;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads query parameters. A parameter that isn't known is refused, as a misspelt {@code level} would otherwise silently
 * give the default one.
 */
final class QueryOptions {

    private static final String GUARANTEES = names(Guarantee.values());
    private static final String PRIORITIES = names(Priority.values());

    private final MultivaluedMap<String, String> query;

    QueryOptions(MultivaluedMap<String, String> query, Set<String> known) {
        this.query = query;
        for (String name : query.keySet()) {
            if (!known.contains(name)) {
                throw invalid(
                        name, "one of the parameters " + known.stream().sorted().toList(), "an unknown parameter");
            }
        }
    }

    PredictionOptions predictionOptions() {
        return new PredictionOptions(
                parsed("level", "a number between 0 and 1", QueryOptions::probability)
                        .orElse(Calibration.DEFAULT_LEVEL),
                parsed("guarantee", GUARANTEES, text -> Guarantee.valueOf(text.toUpperCase(Locale.ROOT)))
                        .orElse(Guarantee.POINTWISE),
                parsed("members", "a whole number", text -> Math.toIntExact(wholeNumber(text)))
                        .map(OptionalInt::of)
                        .orElse(OptionalInt.empty()),
                quantities());
    }

    /**
     * When the answer is wanted.
     *
     * @param longest that a request may wait, and does by default
     */
    Urgency urgency(Duration longest) {
        Duration wait = parsed("timeout", "seconds, more than 0 and at most " + longest.toMillis() * 1e-3, text -> {
                    Duration asked = seconds(text);
                    if (!asked.isPositive() || asked.compareTo(longest) > 0) {
                        throw new IllegalArgumentException(text);
                    }
                    return asked;
                })
                .orElse(longest);
        Priority priority = parsed("priority", PRIORITIES, text -> Priority.valueOf(text.toUpperCase(Locale.ROOT)))
                .orElse(Priority.NORMAL);
        return new Urgency(priority, Deadline.after(System.nanoTime(), wait));
    }

    private static Duration seconds(String text) {
        if (!text.matches("[0-9]{0,9}\\.?[0-9]{1,9}")) {
            throw new IllegalArgumentException(text);
        }
        return Duration.ofNanos(new BigDecimal(text).movePointRight(9).longValueExact());
    }

    private Set<Quantity> quantities() {
        Set<Quantity> chosen = EnumSet.noneOf(Quantity.class);
        for (String name : list("outputs")) {
            try {
                chosen.add(Quantity.valueOf(name.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw invalid("outputs", "names out of " + names(Quantity.values()), "'" + name + "'");
            }
        }
        return chosen;
    }

    /** The value of a parameter, if it is given; given twice, it is refused. */
    Optional<String> text(String name) {
        List<String> values = query.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw invalid(name, "one value", values.size() + " values");
        }
        return values.stream().findFirst();
    }

    /** A comma-separated or repeated parameter. */
    List<String> list(String name) {
        return query.getOrDefault(name, List.of()).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** The parameter as {@code parser} reads it; a parser refuses with an IllegalArgumentException. */
    <T> Optional<T> parsed(String name, String expected, Function<String, T> parser) {
        return text(name).map(text -> {
            try {
                return parser.apply(text.strip());
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw invalid(name, expected, "'" + text + "'");
            }
        });
    }

    /** A decimal number in (0, 1), without what else Java takes for one. */
    private static double probability(String text) {
        double value = text.matches("[0-9]*\\.?[0-9]+") ? Double.parseDouble(text) : Double.NaN;
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(text);
        }
        return value;
    }

    /** An integer in ASCII digits. */
    static long wholeNumber(String text) {
        if (!text.matches("-?[0-9]+")) {
            throw new IllegalArgumentException(text);
        }
        return Long.parseLong(text);
    }

    static String names(Enum<?>[] values) {
        return Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    static FailureException invalid(String name, String expected, String actual) {
        return new Failure.InvalidParameter(name, expected, actual).asException();
    }
}
