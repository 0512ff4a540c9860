package io.fieldserve.openinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldserve.repository.RejectedVersion;
import io.fieldserve.repository.RepositoryIndex;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Versions that aren't served are listed too, unless those that are were asked for. */
class RepositoryModelTest {

    private final RepositoryIndex index = new RepositoryIndex(
            true,
            Collections.emptySortedMap(),
            List.of(new RejectedVersion("stokes", "3", "no surrogate.json")),
            List.of(new RejectedVersion("euler", "1", "unloaded")));

    @Test
    void saysWhyAVersionIsNotServed() {
        // When
        List<RepositoryModel> models = RepositoryModel.of(index, false);

        // Then
        assertThat(models)
                .containsExactly(
                        new RepositoryModel("stokes", "3", "UNAVAILABLE", "no surrogate.json"),
                        new RepositoryModel("euler", "1", "UNAVAILABLE", "unloaded"));
    }

    @Test
    void leavesItOutWhereOnlyReadyOnesAreAskedFor() {
        // When
        List<RepositoryModel> models = RepositoryModel.of(index, true);

        // Then
        assertThat(models).isEmpty();
    }
}
