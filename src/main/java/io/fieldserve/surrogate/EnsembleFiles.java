package io.fieldserve.surrogate;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * How the members lie on disk.
 *
 * @param members number of trained networks
 * @param files the graphs: one for {@link Layout#MOMENTS}, one a member for {@link Layout#SEPARATE}
 */
public record EnsembleFiles(Layout layout, int members, List<FileDigest> files) {

    public EnsembleFiles {
        files = List.copyOf(files);
    }

    /** Arrangement of members in graphs. */
    public enum Layout {
        /** One graph a member, each with an output of the field's own name. */
        @JsonProperty("separate")
        SEPARATE,
        /** One graph with outputs {@code mean}, {@code std} and {@code members} ({@code [M, B, C, ...]}). */
        @JsonProperty("moments")
        MOMENTS
    }
}
