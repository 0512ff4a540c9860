package io.fieldserve.batching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LaneQueueTest {
    private final TestLane lane = TestLane.quick(new BatchPolicy(4, 100, Duration.ofNanos(10)));
    private final LaneQueue<String, String> queue = new LaneQueue<>(lane);
    private final Tickets tickets = new Tickets(lane);

    @Test
    void mayStartAfterTheDelay() {
        // Given
        queue.add(tickets.ticket("a", Priority.NORMAL, 20));
        queue.add(tickets.ticket("b", Priority.NORMAL, 25));

        // When
        long ready = queue.readyAt(26);

        // Then
        assertThat(ready).isEqualTo(30);
    }

    @Test
    void mayStartAtOnceWhenABatchIsFull() {
        // Given
        queue.add(tickets.sized("a", 3, 1));
        queue.add(tickets.sized("b", 1, 1));

        // When
        long ready = queue.readyAt(7);

        // Then
        assertThat(ready).isEqualTo(7);
    }

    @Test
    void mayStartAtOnceWhenABatchIsHeavy() {
        // Given
        queue.add(tickets.sized("a", 1, 99));
        queue.add(tickets.sized("b", 1, 1));

        // When
        long ready = queue.readyAt(7);

        // Then
        assertThat(ready).isEqualTo(7);
    }

    @Test
    void holdsNothingBackLongerForSomethingMoreUrgent() {
        // Given one that has waited while another comes that goes before it
        queue.add(tickets.ticket("patient", Priority.LOW, 20));
        queue.add(tickets.ticket("urgent", Priority.HIGH, 29));

        // When
        long ready = queue.readyAt(29);

        // Then
        assertThat(ready).isEqualTo(30);
    }

    @Test
    void countsWhatWaits() {
        // Given
        Ticket<String, String> removed = tickets.sized("b", 2, 20);
        queue.add(tickets.sized("a", 3, 30));
        queue.add(removed);
        queue.add(tickets.sized("c", 4, 40));

        // When
        boolean was = queue.remove(removed);
        queue.take();

        // Then the first alone made a batch
        assertThat(was).isTrue();
        assertThat(queue.remove(removed)).isFalse();
        assertThat(queue.total()).isEqualTo(new Size(4, 40));
        assertThat(queue.first().work()).isEqualTo("c");
        assertThat(queue.isEmpty()).isFalse();
    }
}
