package io.fieldserve.codec;

import io.fieldserve.batching.Urgency;
import io.fieldserve.prediction.AxisLayout;
import io.fieldserve.prediction.Caller;
import io.fieldserve.prediction.PredictionOptions;
import io.fieldserve.prediction.PredictionRequest;
import io.fieldserve.surrogate.Field;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.tensor.Tensor;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** All input fields of one request, in manifest order. Owns their tensors until it is closed. */
public final class DecodedInputs implements AutoCloseable {
    private final Map<String, DecodedField> fields;

    public DecodedInputs(Collection<DecodedField> fields) {
        Map<String, DecodedField> byName = new LinkedHashMap<>();
        fields.forEach(field -> byName.put(field.name(), field));
        this.fields = Collections.unmodifiableMap(byName);
    }

    public Map<String, DecodedField> fields() {
        return fields;
    }

    /** The prediction that these inputs are for; they stay this object's. */
    public PredictionRequest request(Manifest manifest, PredictionOptions options, Urgency urgency, Caller caller) {
        Map<String, Tensor> tensors = new HashMap<>();
        fields.forEach((name, field) -> tensors.put(name, field.tensor()));
        Field first = manifest.inputs().getFirst();
        AxisLayout layout =
                AxisLayout.of(first, fields.get(first.name()).announced().rank());
        return new PredictionRequest(tensors, layout, options, urgency, caller);
    }

    @Override
    public void close() {
        fields.values().forEach(field -> field.tensor().close());
    }
}
