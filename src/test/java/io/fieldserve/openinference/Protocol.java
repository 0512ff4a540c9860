package io.fieldserve.openinference;

import java.util.Map;

/** A way to ask the service for an inference. */
public interface Protocol {

    /** Asks, and gives the outputs by their names, in the order in which they came. */
    Map<String, float[]> send(InferCase request);
}
