package io.fieldserve.prediction;

import io.fieldserve.surrogate.Field;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** What the inputs of one request must agree on. */
final class CommonGrid {

    private CommonGrid() {}

    /**
     * The grid that all fields with axes share, {@code []} for a plain model: its fields need to agree only on axes of the
     * same name.
     *
     * @throws FailureException fields disagree on that, or on the batch size
     */
    static List<Integer> of(Manifest manifest, Map<String, Tensor> inputs) {
        requireOneBatch(manifest, inputs);
        if (manifest.plain()) {
            requireOneLengthOfEachAxis(manifest, inputs);
            return List.of();
        }
        List<Integer> grid = List.of();
        for (Field field : manifest.inputs()) {
            Shape shape = inputs.get(field.name()).shape();
            if (field.dimensions() == 0) {
                continue;
            }
            List<Integer> own = LongStream.of(shape.drop(0, Field.LEADING_AXES).dims())
                    .mapToObj(Math::toIntExact)
                    .toList();
            if (!grid.isEmpty() && !grid.equals(own)) {
                throw invalid(field, "the grid " + grid, shape);
            }
            grid = own;
        }
        return grid;
    }

    private static void requireOneBatch(Manifest manifest, Map<String, Tensor> inputs) {
        Field first = manifest.inputs().getFirst();
        long batch = inputs.get(first.name()).shape().dim(0);
        for (Field field : manifest.inputs()) {
            Shape shape = inputs.get(field.name()).shape();
            if (shape.dim(0) != batch) {
                throw invalid(field, "a batch of %d as in '%s'".formatted(batch, first.name()), shape);
            }
        }
    }

    private static void requireOneLengthOfEachAxis(Manifest manifest, Map<String, Tensor> inputs) {
        Map<String, Long> lengths = new HashMap<>();
        for (Field field : manifest.inputs()) {
            Shape shape = inputs.get(field.name()).shape();
            for (int axis = 0; axis < field.dimensions(); axis++) {
                long length = shape.dim(Field.LEADING_AXES + axis);
                String name = field.axes().get(axis);
                Long known = lengths.putIfAbsent(name, length);
                if (known != null && known != length) {
                    throw invalid(field, "%d points along every axis %s".formatted(known, name), shape);
                }
            }
        }
    }

    private static FailureException invalid(Field field, String expected, Shape shape) {
        return new Failure.InvalidInput(field.name(), expected, "shape " + shape).asException();
    }
}
