package io.fieldserve.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fieldserve.batching.DroppedException.Cause;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {
    private final TestLane lane = new TestLane(TestLane.TOGETHER, () -> {}, () -> {});
    private final Tickets tickets = new Tickets(lane);
    private final Ticket<String, String> late = tickets.until("late", 100);
    private final Ticket<String, String> inTime = tickets.until("in time", 101);

    @Test
    void leavesOutWhatIsTooLateWhenItStarts() {
        // Given
        Batch<String, String> batch = batch(List.of(late, inTime));

        // When
        List<Runnable> parts = batch.start(100);

        // Then
        assertThat(parts).hasSize(2);
        assertThat(lane.batches()).containsExactly(List.of("in time"));
        assertThat(catchThrowableOfType(DroppedException.class, late::await).why())
                .isEqualTo(Cause.DEADLINE);
    }

    @Test
    void isAsLargeAsWhatItRuns() {
        // Given
        Batch<String, String> batch = batch(List.of(late, inTime));

        // When
        batch.start(100);

        // Then
        assertThat(batch.size()).isEqualTo(new Size(1, 1));
    }

    @Test
    void doesNotStartForNobody() {
        // Given
        Batch<String, String> batch = batch(List.of(late));

        // When
        List<Runnable> parts = batch.start(100);

        // Then
        assertThat(parts).isEmpty();
        assertThat(lane.batches()).isEmpty();
    }

    @Test
    void endsWithItsLastPart() {
        // Given
        Batch<String, String> batch = batch(List.of(inTime));
        List<Runnable> parts = batch.start(100);

        // When
        boolean lastAfterOne = batch.run(parts.getLast());
        boolean lastAfterTwo = batch.run(parts.getFirst());
        batch.end();

        // Then
        assertThat(lastAfterOne).isFalse();
        assertThat(lastAfterTwo).isTrue();
        assertThat(inTime.await()).isEqualTo("IN TIME");
    }

    @Test
    void tellsHowLongItsTicketsWaited() {
        // Given
        Ticket<String, String> early = tickets.ticket("early", Priority.NORMAL, 20);
        Ticket<String, String> recent = tickets.ticket("recent", Priority.NORMAL, 40);
        Batch<String, String> batch = batch(List.of(early, recent));
        batch.start(100).forEach(batch::run);

        // When
        batch.end();

        // Then it was taken at 90
        assertThat(early.timing().queuedNanos()).isEqualTo(70);
        assertThat(recent.timing().queuedNanos()).isEqualTo(50);
        assertThat(recent.timing().items()).isEqualTo(2);
    }

    private Batch<String, String> batch(List<Ticket<String, String>> all) {
        return new Batch<>(new Flow(), lane, new ArrayList<>(all), 90);
    }
}
