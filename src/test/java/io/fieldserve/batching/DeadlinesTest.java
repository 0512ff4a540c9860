package io.fieldserve.batching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private final Tickets tickets = new Tickets(TestLane.quick(TestLane.TOGETHER));
    private final Deadlines deadlines = new Deadlines();

    @Test
    void tellsWhenTheNextOnePasses() {
        // Given
        deadlines.add(tickets.until("a", 50));
        deadlines.add(tickets.until("b", 30));

        // When
        long pause = deadlines.untilNext(12);

        // Then
        assertThat(pause).isEqualTo(18);
    }

    @Test
    void waitsForeverForNothing() {
        // When, Then
        assertThat(deadlines.untilNext(12)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void saysWhichComesBeforeAllOthers() {
        // When, Then
        assertThat(deadlines.add(tickets.until("a", 50))).isTrue();
        assertThat(deadlines.add(tickets.until("b", 50))).isFalse();
        assertThat(deadlines.add(tickets.until("c", 49))).isTrue();
        assertThat(deadlines.add(tickets.until("d", 51))).isFalse();
    }

    @Test
    void givesEachOnceWhenItHasPassed() {
        // Given
        Ticket<String, String> removed = tickets.until("c", 30);
        deadlines.add(tickets.until("a", 31));
        deadlines.add(tickets.until("b", 30));
        deadlines.add(removed);
        deadlines.remove(removed);
        assertThat(deadlines.expire(29)).isEmpty();

        // When
        List<Ticket<?, ?>> expired = deadlines.expire(30);

        // Then
        assertThat(expired).extracting(Ticket::work).isEqualTo(List.of("b"));
        assertThat(deadlines.expire(30)).isEmpty();
        assertThat(deadlines.expire(31)).hasSize(1);
    }
}
