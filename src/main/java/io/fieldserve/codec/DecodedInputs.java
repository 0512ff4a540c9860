package io.fieldserve.codec;

import java.util.Collection;
import java.util.Collections;
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

    @Override
    public void close() {
        fields.values().forEach(field -> field.tensor().close());
    }
}
