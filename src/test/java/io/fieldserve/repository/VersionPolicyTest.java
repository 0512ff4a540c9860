package io.fieldserve.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldserve.repository.VersionPolicy.All;
import io.fieldserve.repository.VersionPolicy.Fixed;
import io.fieldserve.repository.VersionPolicy.Latest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions 1, 2, 3 of one surrogate, and version 1 of another, {@code pair}. */
class VersionPolicyTest extends RepositoryTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"all | 1, 2, 3", "latest | 3", "latest:2 | 2, 3", "latest:9 | 1, 2, 3", "1,3 | 1, 3", " 2 | 2"})
    void servesTheVersionsThatAreWanted(String policy, String expected) throws IOException {
        // Given
        three(new VersionPolicies(VersionPolicy.parse(policy), Map.of("pair", new All())));

        // When
        repository.load();

        // Then
        assertThat(repository.index().served().get("affine").keySet().toString())
                .isEqualTo("[" + expected + "]");
        assertThat(repository.index().served()).containsOnlyKeys("affine", "pair");
        assertThat(repository.index().rejected()).isEmpty();
    }

    @Test
    void takesTheVersionBeforeForALatestThatIsRejected() throws IOException {
        // Given
        three(new VersionPolicies(new Latest(2), Map.of()));
        Files.delete(root.resolve("affine/3/golden.npz"));

        // When
        repository.load();

        // Then
        assertThat(repository.index().served().get("affine")).containsOnlyKeys(1, 2);
        assertThat(repository.index().rejected())
                .containsExactly(new RejectedVersion("affine", "3", "golden.npz can't be read (NoSuchFileException)"));
    }

    @Test
    void dropsTheOldestForANewLatest() throws IOException {
        // Given
        three(new VersionPolicies(new Latest(1), Map.of()));
        repository.load();
        TinyVersion.affine().with("/version", 4).writeTo(root);

        // When
        repository.load("affine");

        // Then
        assertThat(repository.index().served().get("affine")).containsOnlyKeys(4);
    }

    @Test
    void saysWhichVersionIsWantedButNotThere() throws IOException {
        // Given
        three(new VersionPolicies(new All(), Map.of("affine", new Fixed(Set.of(2, 7)))));

        // When
        repository.load();

        // Then
        assertThat(repository.index().served().get("affine")).containsOnlyKeys(2);
        assertThat(repository.index().rejected())
                .containsExactly(new RejectedVersion("affine", "7", "is configured, but there is none"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "newest", "latest:0", "latest:-1", "0", "1,,2", "1;2", "01"})
    void refusesWhatIsNoPolicy(String text) {
        // When, Then
        assertThatThrownBy(() -> VersionPolicy.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'%s' is no choice of versions, such as all, latest, latest:2 or 1,3".formatted(text));
    }

    private void three(VersionPolicies policies) throws IOException {
        for (int version = 1; version <= 3; version++) {
            TinyVersion.affine().with("/version", version).writeTo(root);
        }
        use(new RepositorySettings(List.of(Root.of(root)), Supply.NONE, policies, SignatureCheck.NONE));
    }
}
