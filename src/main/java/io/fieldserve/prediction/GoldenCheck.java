package io.fieldserve.prediction;

import io.fieldserve.prediction.Prediction.FieldPrediction;
import io.fieldserve.repository.Acceptance;
import io.fieldserve.repository.SurrogateVersion;
import io.fieldserve.surrogate.EnsembleException;
import io.fieldserve.surrogate.Field;
import io.fieldserve.surrogate.GoldenCase;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Accepts a version when it reproduces the outputs that its trainer saved; warms it up and times it on the way. One that has
 * no such case has to pass a {@link WarmUp}.
 */
public final class GoldenCheck implements Acceptance {

    private final Predictor predictor;
    private final ArrayArchive archive;
    private final WarmUp warmUp;

    public GoldenCheck(Predictor predictor, ArrayArchive archive) {
        this.predictor = predictor;
        this.archive = archive;
        this.warmUp = new WarmUp(predictor);
    }

    @Override
    public Duration test(SurrogateVersion version) {
        return version.manifest()
                .golden()
                .map(golden -> reproduce(version, golden))
                .orElseGet(() -> warmUp.test(version));
    }

    private Duration reproduce(SurrogateVersion version, GoldenCase saved) {
        Manifest manifest = version.manifest();
        Map<String, Tensor> golden = read(version, saved);
        try {
            Map<String, Tensor> inputs = new HashMap<>(golden);
            inputs.keySet()
                    .retainAll(manifest.inputs().stream().map(Field::name).toList());
            compare(version, inputs, golden, saved.relativeTolerance());
            return PredictionTime.of(
                    () -> predictor.predict(version, request(manifest, inputs)).close());
        } finally {
            golden.values().forEach(Tensor::close);
        }
    }

    private Map<String, Tensor> read(SurrogateVersion version, GoldenCase saved) {
        Manifest manifest = version.manifest();
        List<String> names =
                new ArrayList<>(manifest.inputs().stream().map(Field::name).toList());
        for (Field output : manifest.outputs()) {
            compared(manifest).forEach(quantity -> names.add(manifest.arrayName(output, quantity.wireName())));
        }
        try {
            return archive.read(version.folder().resolve(saved.path()), names);
        } catch (IOException e) {
            throw new UncheckedIOException("the golden case can't be read", e);
        }
    }

    private static PredictionRequest request(Manifest manifest, Map<String, Tensor> inputs) {
        PredictionOptions defaults = PredictionOptions.defaults();
        PredictionOptions options =
                new PredictionOptions(defaults.level(), defaults.guarantee(), OptionalInt.empty(), compared(manifest));
        return new PredictionRequest(inputs, new AxisLayout(true, true), options);
    }

    private void compare(
            SurrogateVersion version, Map<String, Tensor> inputs, Map<String, Tensor> golden, double tolerance) {
        Manifest manifest = version.manifest();
        try (Prediction prediction = predictor.predict(version, request(manifest, inputs))) {
            for (FieldPrediction field : prediction.fields()) {
                String mean = manifest.arrayName(field.field(), Quantity.MEAN.wireName());
                double meanNorm = norm(golden.get(mean).floats());
                field.arrays().forEach((quantity, served) -> {
                    String name = manifest.arrayName(field.field(), quantity.wireName());
                    requireClose(name, served, golden.get(name), meanNorm, tolerance);
                });
            }
        }
    }

    private static Set<Quantity> compared(Manifest manifest) {
        return manifest.ensemble().members() == 1 ? EnumSet.of(Quantity.MEAN) : EnumSet.of(Quantity.MEAN, Quantity.STD);
    }

    private static void requireClose(String name, Tensor served, Tensor saved, double meanNorm, double tolerance) {
        if (!served.shape().equals(saved.shape())) {
            throw new EnsembleException(
                    "golden case: %s has shape %s, %s was saved".formatted(name, served.shape(), saved.shape()));
        }
        double difference = distance(served.floats(), saved.floats()) / meanNorm;
        // Written so that NaN fails.
        if (!(difference <= tolerance)) {
            throw new EnsembleException("golden case: %s differs from the saved array by %.2e, at most %.2e is allowed"
                    .formatted(name, difference, tolerance));
        }
    }

    private static double distance(FloatBuffer served, FloatBuffer saved) {
        double squares = 0;
        for (int i = 0; i < saved.capacity(); i++) {
            double difference = (double) served.get(i) - saved.get(i);
            squares += difference * difference;
        }
        return Math.sqrt(squares);
    }

    private static double norm(FloatBuffer values) {
        double squares = 0;
        for (int i = 0; i < values.capacity(); i++) {
            squares += (double) values.get(i) * values.get(i);
        }
        return Math.sqrt(squares);
    }
}
