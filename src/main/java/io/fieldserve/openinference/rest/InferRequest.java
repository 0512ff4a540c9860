package io.fieldserve.openinference.rest;

import io.fieldserve.codec.DecodedInputs;
import io.fieldserve.openinference.InferQuery;

/**
 * A decoded request. Owns its tensors until it is closed.
 *
 * @param raw whether it came in raw mode, in which every output is binary
 */
record InferRequest(DecodedInputs inputs, InferQuery query, boolean raw) implements AutoCloseable {

    /** Whether an output goes out as bytes behind the JSON. The flag of the output wins over that of the request. */
    boolean binary(String output) {
        boolean otherwise = raw || query.parameters().flag("binary_data_output", false);
        return query.outputs().stream()
                .filter(requested -> requested.name().equals(output))
                .findFirst()
                .map(requested -> requested.parameters().flag("binary_data", otherwise))
                .orElse(otherwise);
    }

    @Override
    public void close() {
        inputs.close();
    }
}
