package io.fieldserve.prediction;

import io.fieldserve.surrogate.Field;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Holds inputs to one surrogate's manifest and to the limits of the service. */
public final class InputRules implements InputContract {

    private final Manifest manifest;
    private final RequestLimits limits;

    public InputRules(Manifest manifest, RequestLimits limits) {
        this.manifest = manifest;
        this.limits = limits;
    }

    @Override
    public List<String> fieldNames() {
        return manifest.inputs().stream().map(Field::name).toList();
    }

    @Override
    public Shape admit(String name, Shape announced) {
        Field field = field(name);
        int leading = announced.rank() - field.dimensions();
        if (leading < 0 || leading > 2 || (leading == 0 && field.channels() > 1)) {
            throw invalid(name, "axes " + layouts(field), "shape " + announced);
        }
        AxisLayout layout = AxisLayout.of(field, announced.rank());
        long batch = layout.batch() ? announced.dim(0) : 1;
        long channels = layout.channel() ? announced.dim(leading - 1) : 1;
        if (channels != field.channels()) {
            throw invalid(name, field.channels() + " channels in axes " + layouts(field), "shape " + announced);
        }
        if (batch == 0) {
            // Before all else: the other dimensions of an empty shape may have any product.
            throw invalid(name, "at least one case in the batch", "shape " + announced);
        }
        Shape grid = announced.drop(0, leading);
        checkGrid(name, field, grid, announced);
        checkSize(name, batch, grid, announced);
        return grid.prepend(batch, channels);
    }

    private void checkGrid(String name, Field field, Shape grid, Shape announced) {
        for (int axis = 0; axis < grid.rank(); axis++) {
            int minimum = manifest.shortest(field, axis);
            int maximum = manifest.longest(field, axis);
            String expected =
                    points(minimum, maximum) + " points along " + field.axes().get(axis);
            if (grid.dim(axis) > maximum) {
                throw tooLarge(name, expected, "shape " + announced);
            }
            if (grid.dim(axis) < minimum) {
                throw invalid(name, expected, "shape " + announced);
            }
        }
    }

    private static String points(int minimum, int maximum) {
        if (maximum == Integer.MAX_VALUE) {
            return "at least " + minimum;
        }
        return minimum == maximum ? Integer.toString(minimum) : minimum + " to " + maximum;
    }

    private void checkSize(String name, long batch, Shape grid, Shape announced) {
        if (manifest.batch().filter(only -> only != batch).isPresent()) {
            throw invalid(
                    name,
                    "a batch of " + manifest.batch().get() + ", the only one that the graph takes",
                    "shape " + announced);
        }
        if (batch > limits.batch()) {
            throw tooLarge(name, "a batch of at most " + limits.batch(), "shape " + announced);
        }
        if (batch * grid.elements() > limits.points()) {
            throw tooLarge(name, "at most " + limits.points() + " points in all", "shape " + announced);
        }
    }

    @Override
    public int maximumRank(String name) {
        return 2 + field(name).dimensions();
    }

    @Override
    public long maximumElements(String name) {
        long channels = field(name).channels();
        return limits.points() > Long.MAX_VALUE / channels ? Long.MAX_VALUE : limits.points() * channels;
    }

    @Override
    public boolean finiteOnly(String name) {
        return field(name).finite();
    }

    private Field field(String name) {
        return manifest.input(name)
                .orElseThrow(() -> invalid(name, "one of the fields " + fieldNames(), "an unknown field"));
    }

    /** The ways to write a field, such as {@code [y, x], [batch, y, x] or [batch, 1, y, x]}. */
    private static String layouts(Field field) {
        List<List<String>> layouts = new ArrayList<>();
        String channels = Integer.toString(field.channels());
        for (List<String> leading : field.channels() == 1
                ? List.of(List.<String>of(), List.of("batch"), List.of("batch", channels))
                : List.of(List.of(channels), List.of("batch", channels))) {
            List<String> axes = new ArrayList<>(leading);
            axes.addAll(field.axes());
            layouts.add(axes);
        }
        int last = layouts.size() - 1;
        return String.join(
                        ", ",
                        IntStream.range(0, last)
                                .mapToObj(i -> layouts.get(i).toString())
                                .toList())
                + " or " + layouts.get(last);
    }

    private static FailureException invalid(String field, String expected, String actual) {
        return new Failure.InvalidInput(field, expected, actual).asException();
    }

    private static FailureException tooLarge(String field, String expected, String actual) {
        return new Failure.TooLarge(field, expected, actual).asException();
    }
}
