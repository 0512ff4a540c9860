package io.fieldserve.umbridge;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fieldserve.codec.JsonTokens;
import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import io.fieldserve.prediction.PredictionOptions;
import io.fieldserve.prediction.Quantity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The configuration that comes with a call. Every key is optional; others are refused, as a misspelt one would silently
 * give the default.
 *
 * @param grid points along each axis; by default those of the training data
 * @param outputs quantities of each output field, always in the order mean, std, lower, upper, members; by default the mean
 *     alone
 * @param level of the interval, where it is asked for
 * @param members that take part; all by default
 * @param version to ask; the newest by default
 */
record Config(
        List<Integer> grid,
        Set<Quantity> outputs,
        Optional<Double> level,
        Optional<Integer> members,
        Optional<String> version) {

    static final Config NONE =
            new Config(List.of(), EnumSet.of(Quantity.MEAN), Optional.empty(), Optional.empty(), Optional.empty());

    private static final int MOST_ENTRIES = 16;
    private static final String QUANTITIES =
            Arrays.stream(Quantity.values()).map(Quantity::wireName).collect(Collectors.joining(", "));

    /** The native options that stand for it. */
    PredictionOptions options() {
        PredictionOptions defaults = PredictionOptions.defaults();
        return new PredictionOptions(
                level.orElse(defaults.level()),
                defaults.guarantee(),
                members.map(OptionalInt::of).orElse(OptionalInt.empty()),
                outputs);
    }

    /** Reads the object at which the parser is. */
    static Config read(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw invalid("config", "an object", parser);
        }
        List<Integer> grid = NONE.grid;
        Set<Quantity> outputs = NONE.outputs;
        Optional<Double> level = NONE.level;
        Optional<Integer> members = NONE.members;
        Optional<String> version = NONE.version;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "grid" -> grid = grid(parser);
                case "outputs" -> outputs = quantities(parser);
                case "level" -> level = Optional.of(number(key, parser));
                case "members" -> members = Optional.of(wholeNumber(key, parser));
                case "version" -> version = Optional.of(Integer.toString(wholeNumber(key, parser)));
                default ->
                    throw new Failure.InvalidParameter(
                                    "config", "grid, outputs, level, members and version", "another key")
                            .asException();
            }
        }
        return new Config(grid, outputs, level, members, version);
    }

    private static List<Integer> grid(JsonParser parser) throws IOException {
        List<Integer> grid = new ArrayList<>();
        requireArray("grid", parser);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            grid.add(wholeNumber("grid", parser));
            requireFew("grid", grid.size(), parser);
        }
        return grid;
    }

    private static Set<Quantity> quantities(JsonParser parser) throws IOException {
        Set<Quantity> quantities = EnumSet.noneOf(Quantity.class);
        requireArray("outputs", parser);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String name = parser.getText();
            quantities.add(Arrays.stream(Quantity.values())
                    .filter(quantity -> quantity.wireName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new Failure.InvalidParameter("outputs", "names out of " + QUANTITIES, "another")
                            .asException()));
        }
        return quantities.isEmpty() ? NONE.outputs : quantities;
    }

    private static void requireArray(String key, JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw invalid(key, "a list", parser);
        }
    }

    private static void requireFew(String key, int entries, JsonParser parser) throws IOException {
        if (entries > MOST_ENTRIES) {
            throw invalid(key, "at most " + MOST_ENTRIES + " entries", parser);
        }
    }

    private static double number(String key, JsonParser parser) throws IOException {
        if (!parser.currentToken().isNumeric()) {
            throw invalid(key, "a number", parser);
        }
        return parser.getDoubleValue();
    }

    private static int wholeNumber(String key, JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                || parser.getNumberType() != JsonParser.NumberType.INT) {
            throw invalid(key, "a whole number", parser);
        }
        return parser.getIntValue();
    }

    private static FailureException invalid(String key, String expected, JsonParser parser) throws IOException {
        return new Failure.InvalidParameter(key, expected, JsonTokens.describe(parser)).asException();
    }
}
