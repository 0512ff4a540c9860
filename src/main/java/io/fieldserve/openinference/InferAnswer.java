package io.fieldserve.openinference;

import io.fieldserve.prediction.AxisLayout;
import io.fieldserve.prediction.IntervalStatement;
import io.fieldserve.prediction.Prediction;
import io.fieldserve.prediction.Prediction.FieldPrediction;
import io.fieldserve.prediction.Quantity;
import io.fieldserve.prediction.Trust;
import io.fieldserve.surrogate.Field;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A prediction as the protocol answers with it. Owns the prediction until it is closed. */
public final class InferAnswer implements AutoCloseable {

    private static final String DATATYPE = Datatype.FP32.name();

    private final Prediction prediction;
    private final Optional<String> id;
    private final List<OutputTensor> outputs;

    InferAnswer(Prediction prediction, Optional<String> id, List<ModelOutput> wanted) {
        this.prediction = prediction;
        this.id = id;
        this.outputs = wanted.stream().map(output -> tensor(prediction, output)).toList();
    }

    /**
     * One output.
     *
     * @param shown the shape in the layout of the request's inputs
     * @param parameters what an interval promises; empty for other arrays
     */
    public record OutputTensor(
            String name, String datatype, Shape shown, Map<String, Object> parameters, Tensor tensor) {}

    /** Name of the model. */
    public String model() {
        return prediction.manifest().name();
    }

    /** Version that answered. */
    public String version() {
        return Integer.toString(prediction.manifest().version());
    }

    /** The request's own, if it has one. */
    public Optional<String> id() {
        return id;
    }

    /** The outputs, in the order asked for. */
    public List<OutputTensor> outputs() {
        return outputs;
    }

    /** The prediction behind it. */
    public Prediction prediction() {
        return prediction;
    }

    /** What is said of the whole answer: whether nothing speaks against any case, and what does. */
    public Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("trusted", prediction.trust().trusted());
        String reasons = prediction.trust().cases().stream()
                .map(Trust.CaseTrust::reasons)
                .flatMap(List::stream)
                .distinct()
                .collect(Collectors.joining("; "));
        if (!reasons.isEmpty()) {
            parameters.put("trust_reasons", reasons);
        }
        return parameters;
    }

    private static OutputTensor tensor(Prediction prediction, ModelOutput output) {
        FieldPrediction predicted = prediction.of(output.field());
        return new OutputTensor(
                output.name(),
                DATATYPE,
                shown(prediction, predicted, output.quantity()),
                promise(predicted, output.quantity()),
                predicted.arrays().get(output.quantity()));
    }

    /** In the layout of the request's inputs; of a plain model as its graph declares it, which metadata tells callers. */
    private static Shape shown(Prediction prediction, FieldPrediction predicted, Quantity quantity) {
        Manifest manifest = prediction.manifest();
        if (!manifest.plain()) {
            return prediction.shown(predicted, quantity);
        }
        Field field = predicted.field();
        return AxisLayout.of(field, manifest.shape(field).size())
                .shown(field, predicted.arrays().get(quantity).shape());
    }

    private static Map<String, Object> promise(FieldPrediction predicted, Quantity quantity) {
        if (predicted.interval().isEmpty() || (quantity != Quantity.LOWER && quantity != Quantity.UPPER)) {
            return Map.of();
        }
        IntervalStatement interval = predicted.interval().get();
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("level", interval.level());
        parameters.put("guarantee", interval.guarantee().wireName());
        parameters.put("coverage", interval.coverage());
        parameters.put("calibration_cases", (long) interval.calibrationCases());
        return parameters;
    }

    @Override
    public void close() {
        prediction.close();
    }
}
