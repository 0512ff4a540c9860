package io.fieldserve.umbridge;

import io.fieldserve.codec.DecodedInputs;
import io.fieldserve.codec.InputCollector;
import io.fieldserve.codec.JsonArrayData;
import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import io.fieldserve.prediction.InputContract;
import io.fieldserve.prediction.InputRules;
import io.fieldserve.prediction.Prediction;
import io.fieldserve.prediction.Quantity;
import io.fieldserve.prediction.RequestLimits;
import io.fieldserve.surrogate.Field;
import io.fieldserve.surrogate.GridLimits;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.wire.NumberArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A surrogate on one grid: a function from lists to lists of known lengths. An input is a field, flat in C order; an output
 * is a quantity of a field, likewise.
 */
record SizedModel(Manifest manifest, Config config) {

    private static final long ANY = -1;

    /** An output: one quantity of a field. */
    private record Output(Field field, Quantity quantity) {}

    /** Whether all lengths are known without a configuration. */
    static boolean isSized(Manifest manifest) {
        SizedModel model = new SizedModel(manifest, Config.NONE);
        return manifest.inputs().stream().noneMatch(field -> model.dims(field).contains(ANY))
                && manifest.outputs().stream()
                        .noneMatch(field -> model.dims(field).contains(ANY));
    }

    /** Lengths of the inputs, in the manifest's order. */
    List<Long> inputSizes() {
        return manifest.inputs().stream().map(field -> size(field, 1)).toList();
    }

    /** Lengths of the outputs. */
    List<Long> outputSizes() {
        int all = manifest.ensemble().members();
        int members = config.members().orElse(all);
        if (members < 1 || members > all) {
            throw new Failure.InvalidParameter("members", "1 to " + all, Integer.toString(members)).asException();
        }
        return outputs().stream()
                .map(output -> size(output.field(), output.quantity() == Quantity.MEMBERS ? members : 1))
                .toList();
    }

    /** Numbers in so many arrays of a field. */
    private long size(Field field, long arrays) {
        try {
            return known(field).stream().reduce(arrays, Math::multiplyExact);
        } catch (ArithmeticException e) {
            throw new Failure.InvalidParameter(
                            "grid",
                            "one on which '" + field.name() + "' has fewer than 2^63 numbers",
                            config.grid().toString())
                    .asException();
        }
    }

    /** The outputs, field by field. */
    private List<Output> outputs() {
        return manifest.outputs().stream()
                .flatMap(field -> config.outputs().stream().map(quantity -> new Output(field, quantity)))
                .toList();
    }

    /**
     * Fields of an input's lists, whose memory is theirs from now on.
     *
     * @throws FailureException there are too many or too few, or one isn't of its length
     */
    DecodedInputs inputs(List<JsonArrayData> lists, RequestLimits limits) {
        List<Field> fields = manifest.inputs();
        if (lists.size() != fields.size()) {
            throw new Failure.InvalidInput(
                            "",
                            "the lists of " + fields.stream().map(Field::name).toList(),
                            lists.size() + " lists")
                    .asException();
        }
        InputContract contract = new InputRules(manifest, limits);
        try (InputCollector collector = new InputCollector(contract)) {
            for (int i = 0; i < fields.size(); i++) {
                Field field = fields.get(i);
                collector.add(lists.get(i).field(field.name(), known(field), contract));
            }
            return collector.complete();
        }
    }

    /** What a prediction gives, list by list, from the prediction's own memory. */
    List<NumberArray> output(Prediction prediction) {
        return outputs().stream()
                .map(output -> {
                    Tensor tensor = prediction.of(output.field()).arrays().get(output.quantity());
                    return new NumberArray(tensor, Shape.of(tensor.shape().elements()));
                })
                .toList();
    }

    /** The shape of a field, a batch of one. */
    private List<Long> known(Field field) {
        List<Long> dims = dims(field);
        if (dims.contains(ANY)) {
            throw new Failure.InvalidParameter(
                            "grid",
                            "the points along each axis, as those of '" + field.name() + "' may vary",
                            config.grid().isEmpty() ? "none" : config.grid().toString())
                    .asException();
        }
        return dims;
    }

    /** The shape of a field on the grid, with {@link #ANY} where nothing says how long it is. */
    private List<Long> dims(Field field) {
        Optional<List<Integer>> grid = config.grid().isEmpty()
                ? manifest.grid().map(GridLimits::trained)
                : Optional.of(requireAxes(field, config.grid()));
        List<Long> dims = new ArrayList<>();
        List<Integer> shape = manifest.shape(field);
        for (int i = 0; i < shape.size(); i++) {
            long length = shape.get(i);
            if (length == ANY && i == 0) {
                length = 1;
            } else if (length == ANY && grid.isPresent()) {
                length = grid.get().get(i - Field.LEADING_AXES);
            }
            dims.add(length);
        }
        return dims;
    }

    private static List<Integer> requireAxes(Field field, List<Integer> grid) {
        if (field.dimensions() > 0 && grid.size() != field.dimensions()) {
            throw invalidGrid(field, grid);
        }
        if (grid.stream().anyMatch(points -> points < 1)) {
            throw invalidGrid(field, grid);
        }
        return grid;
    }

    private static FailureException invalidGrid(Field field, List<Integer> grid) {
        return new Failure.InvalidParameter("grid", "the points along " + field.axes(), grid.toString()).asException();
    }
}
