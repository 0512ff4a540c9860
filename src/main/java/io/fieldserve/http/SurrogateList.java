package io.fieldserve.http;

import io.fieldserve.repository.RejectedVersion;
import io.fieldserve.repository.RepositoryIndex;
import io.fieldserve.surrogate.Field;
import io.fieldserve.surrogate.Manifest;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The index of the repository. */
@Schema(name = "SurrogateList")
record SurrogateList(
        List<Entry> surrogates,

        @Schema(description = "Folders that were found but failed verification, and why.")
        List<RejectedVersion> rejected) {

    static SurrogateList of(RepositoryIndex index) {
        return new SurrogateList(
                index.served().values().stream()
                        .map(versions -> {
                            Manifest latest = versions.lastEntry().getValue().manifest();
                            return new Entry(
                                    latest.name(),
                                    latest.title(),
                                    latest.description(),
                                    List.copyOf(versions.keySet()),
                                    latest.inputs().stream().map(Field::name).toList(),
                                    latest.outputs().stream().map(Field::name).toList());
                        })
                        .toList(),
                index.rejected());
    }

    /** One surrogate. */
    @Schema(name = "SurrogateSummary")
    record Entry(
            @Schema(examples = "darcy-fno") String name,
            String title,
            String description,

            @Schema(description = "Versions served, ascending; the last one answers unless another is asked for.")
            List<Integer> versions,

            @Schema(description = "Names of the input fields.")
            List<String> inputs,

            @Schema(description = "Names of the output fields.")
            List<String> outputs) {}
}
