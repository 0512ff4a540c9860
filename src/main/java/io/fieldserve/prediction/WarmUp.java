package io.fieldserve.prediction;

import io.fieldserve.prediction.Prediction.FieldPrediction;
import io.fieldserve.repository.SurrogateVersion;
import io.fieldserve.surrogate.EnsembleException;
import io.fieldserve.surrogate.Field;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.tensor.DataType;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/**
 * Accepts a version without a golden case when it runs on arbitrary values, returns what it declares, and gives a case the
 * same whether alone or with another: requests of several callers run as one batch.
 */
final class WarmUp {

    /**
     * Points along each axis of any length, tried in turn. A network that halves its grid five times takes the first; one
     * whose layers are not padded may need more.
     */
    private static final List<Integer> LENGTHS = List.of(32, 64, 128, 256);

    private static final long MOST_ELEMENTS = 1 << 22;

    /** Far above rounding, far below what normalising over the batch does. */
    private static final double TOLERANCE = 1e-2;

    private static final PredictionOptions MEAN = new PredictionOptions(
            PredictionOptions.defaults().level(),
            PredictionOptions.defaults().guarantee(),
            OptionalInt.empty(),
            Set.of(Quantity.MEAN));

    private final Predictor predictor;

    WarmUp(Predictor predictor) {
        this.predictor = predictor;
    }

    /**
     * As {@link io.fieldserve.repository.Acceptance#test}.
     *
     * @throws EnsembleException it fails on every grid, or its cases influence each other
     */
    Duration test(SurrogateVersion version) {
        Map<String, Tensor> inputs = firstThatRuns(version);
        if (version.manifest().batch().isEmpty()) {
            requireIndependentCases(version, inputs);
        }
        return PredictionTime.of(() -> predict(version, inputs).close());
    }

    private Map<String, Tensor> firstThatRuns(SurrogateVersion version) {
        EnsembleException failure = null;
        for (int length : LENGTHS) {
            Map<String, Shape> shapes = shapes(version.manifest(), length);
            if (failure != null && elements(shapes) > MOST_ELEMENTS) {
                break;
            }
            Map<String, Tensor> inputs = random(shapes);
            try {
                predict(version, inputs).close();
                return inputs;
            } catch (EnsembleException e) {
                failure = failure == null ? e : failure;
            }
        }
        throw new EnsembleException("warm-up: " + failure.getMessage(), failure);
    }

    private static Map<String, Shape> shapes(Manifest manifest, int length) {
        long cases = manifest.batch().orElse(2);
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (Field field : manifest.inputs()) {
            long[] grid = manifest.shape(field).stream()
                    .skip(Field.LEADING_AXES)
                    .mapToLong(declared -> declared == -1 ? length : declared)
                    .toArray();
            shapes.put(field.name(), Shape.of(grid).prepend(cases, field.channels()));
        }
        return shapes;
    }

    private static long elements(Map<String, Shape> shapes) {
        return shapes.values().stream().mapToLong(Shape::elements).sum();
    }

    /** Values between 0 and 1, where most functions are defined, and the same each time. */
    private static Map<String, Tensor> random(Map<String, Shape> shapes) {
        Random random = new Random(1);
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> {
            int bytes = Math.toIntExact(shape.elements() * DataType.FLOAT32.bytes());
            Tensor tensor = Tensor.wrap(DataType.FLOAT32, shape, ByteBuffer.allocateDirect(bytes), () -> {});
            FloatBuffer values = tensor.floats();
            while (values.hasRemaining()) {
                values.put(random.nextFloat());
            }
            inputs.put(name, tensor);
        });
        return inputs;
    }

    private Prediction predict(SurrogateVersion version, Map<String, Tensor> inputs) {
        return predictor.predict(version, new PredictionRequest(inputs, new AxisLayout(true, true), MEAN));
    }

    private void requireIndependentCases(SurrogateVersion version, Map<String, Tensor> inputs) {
        Map<String, Tensor> first = new LinkedHashMap<>();
        inputs.forEach((name, both) -> first.put(name, both.batchSlice(0, 1)));
        try (Prediction together = predict(version, inputs);
                Prediction alone = predict(version, first)) {
            for (int output = 0; output < alone.fields().size(); output++) {
                Tensor expected = mean(alone.fields().get(output));
                Tensor actual = mean(together.fields().get(output)).batchSlice(0, 1);
                if (!actual.shape().equals(expected.shape()) || !close(actual.floats(), expected.floats())) {
                    throw new EnsembleException(
                            "warm-up: '%s' of one case depends on the others in its batch, or on chance"
                                    .formatted(
                                            alone.fields().get(output).field().name()));
                }
            }
        }
    }

    private static Tensor mean(FieldPrediction field) {
        return field.arrays().get(Quantity.MEAN);
    }

    private static boolean close(FloatBuffer actual, FloatBuffer expected) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.capacity(); i++) {
            // NaN is as good as NaN: arbitrary values may be beyond what the model is defined for.
            if (Float.compare(actual.get(i), expected.get(i)) != 0) {
                difference += Math.pow((double) actual.get(i) - expected.get(i), 2);
            }
            norm += Float.isFinite(expected.get(i)) ? Math.pow(expected.get(i), 2) : 0;
        }
        // Written so that NaN fails.
        return Math.sqrt(difference) <= TOLERANCE * Math.sqrt(norm);
    }
}
