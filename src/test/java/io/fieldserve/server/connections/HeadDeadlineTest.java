package io.fieldserve.server.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a clock that goes as far as it is told to. */
class HeadDeadlineTest {

    private final HeadDeadline deadline = new HeadDeadline(Duration.ofSeconds(10), Duration.ofSeconds(120));
    private final EmbeddedChannel connection = new EmbeddedChannel();

    @BeforeEach
    void connect() {
        connection.freezeTime();
        connection.pipeline().addFirst(deadline);
    }

    @AfterEach
    void disconnect() {
        connection.finishAndReleaseAll();
    }

    @Test
    void aConnectionWithoutARequestEnds() {
        // Given
        after(9);
        assertThat(connection.isOpen()).isTrue();

        // When
        after(1);

        // Then
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void aRequestMayTakeLong() {
        // Given
        deadline.began();

        // When
        after(3600);

        // Then
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void theNextRequestMayTakeTheIdleTime() {
        // Given two at a time, the later of which is answered after a minute
        deadline.began();
        deadline.began();
        deadline.ended();
        after(60);
        assertThat(connection.isOpen()).isTrue();
        deadline.ended();
        after(119);
        assertThat(connection.isOpen()).isTrue();

        // When
        after(1);

        // Then
        assertThat(connection.isOpen()).isFalse();
    }

    private void after(int seconds) {
        connection.runPendingTasks();
        connection.advanceTimeBy(seconds, TimeUnit.SECONDS);
        connection.runPendingTasks();
    }
}
