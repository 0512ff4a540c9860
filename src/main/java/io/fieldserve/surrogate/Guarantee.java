package io.fieldserve.surrogate;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What an interval promises at its level, over new cases from the training distribution. */
public enum Guarantee {
    /** Each grid point alone is covered with the stated probability, on average over points and cases. */
    @JsonProperty("pointwise")
    POINTWISE,
    /** The whole solution lies inside the band with the stated probability. */
    @JsonProperty("simultaneous")
    SIMULTANEOUS;

    /** Name in JSON and in query parameters. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
