package io.fieldserve.openinference;

import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Parameters of a request or a tensor: booleans, whole numbers ({@code Long}), numbers ({@code Double}) and strings by their
 * names. Those that mean nothing here are left alone, as the protocol lets clients add their own.
 */
public record Parameters(Map<String, Object> values) {

    /** None. */
    public static final Parameters NONE = new Parameters(Map.of());

    public Parameters {
        values = Map.copyOf(values);
    }

    /** Whether a parameter is there. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** A boolean, or the default where the parameter is absent. */
    public boolean flag(String name, boolean otherwise) {
        Object value = values.getOrDefault(name, otherwise);
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw invalid(name, "true or false");
    }

    /** A whole number that isn't negative. */
    public OptionalLong count(String name) {
        if (!has(name)) {
            return OptionalLong.empty();
        }
        if (values.get(name) instanceof Long count && count >= 0) {
            return OptionalLong.of(count);
        }
        throw invalid(name, "a whole number, at least 0");
    }

    /** A number. */
    public Optional<Double> number(String name) {
        if (!has(name)) {
            return Optional.empty();
        }
        if (values.get(name) instanceof Number number) {
            return Optional.of(number.doubleValue());
        }
        throw invalid(name, "a number");
    }

    /** A string. */
    public Optional<String> text(String name) {
        if (!has(name)) {
            return Optional.empty();
        }
        if (values.get(name) instanceof String text) {
            return Optional.of(text);
        }
        throw invalid(name, "a string");
    }

    /** The failure of a parameter that isn't what it should be. */
    FailureException invalid(String name, String expected) {
        return new Failure.InvalidParameter(name, expected, String.valueOf(values.get(name))).asException();
    }
}
