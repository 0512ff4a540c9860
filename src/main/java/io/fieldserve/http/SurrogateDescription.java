package io.fieldserve.http;

import io.fieldserve.surrogate.Manifest;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One version as it is served. */
@Schema(name = "SurrogateDescription")
record SurrogateDescription(
        @Schema(description = "All versions of this surrogate that are served, ascending.")
        List<Integer> versions,

        @Schema(description = "Where the members run.", examples = "cpu")
        String executionProvider,

        @Schema(
                description =
                        "What was done to run it faster, with the same results to rounding, and where numbers may be"
                                + " less exact than float32.",
                examples = "[\"one graph cut into those of its 5 members\"]")
        List<String> executionRemarks,

        @Schema(description = "What the version says of itself.")
        Manifest manifest) {}
