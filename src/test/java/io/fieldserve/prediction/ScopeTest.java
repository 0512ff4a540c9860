package io.fieldserve.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScopeTest {
    private final List<String> closed = new ArrayList<>();

    @Test
    void closesWhatItOwnsInReverseOrder() {
        // Given
        Scope scope = new Scope();
        scope.own(() -> closed.add("output"));
        scope.own(() -> closed.add("moments"));
        scope.own(() -> closed.add("interval"));

        // When
        scope.close();

        // Then
        assertThat(closed).containsExactly("interval", "moments", "output");
    }

    @Test
    void closesNothingTwice() {
        // Given
        Scope scope = new Scope();
        scope.own(() -> closed.add("output"));
        scope.close();

        // When
        scope.close();

        // Then
        assertThat(closed).containsExactly("output");
    }

    @Test
    void closesTheRestWhenOneFails() {
        // Given
        Scope scope = new Scope();
        scope.own(() -> closed.add("output"));
        scope.own(() -> {
            throw new IllegalStateException("already closed");
        });

        // When
        Throwable thrown = catchThrowable(scope::close);

        // Then
        assertThat(thrown).isInstanceOf(IllegalStateException.class).hasMessage("already closed");
        assertThat(closed).containsExactly("output");
    }
}
