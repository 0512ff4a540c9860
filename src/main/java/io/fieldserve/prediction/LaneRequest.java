package io.fieldserve.prediction;

import io.fieldserve.tensor.Tensor;
import java.util.Map;

/**
 * One request in its lane.
 *
 * @param inputs every input field as {@code [B, C, axes...]}; still the caller's
 */
record LaneRequest(Map<String, Tensor> inputs, Trails.Trail trail) {

    /** How many cases it brings. */
    int cases() {
        return cases(inputs);
    }

    /** How many cases are in these inputs. */
    static int cases(Map<String, Tensor> inputs) {
        return Math.toIntExact(inputs.values().iterator().next().shape().dim(0));
    }
}
