package io.fieldserve.batching;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlowTest {
    private static final Object OWNER = new Object();

    private final TestLane coarse = new TestLane(OWNER, TestLane.TOGETHER, 1, () -> {});
    private final TestLane fine = new TestLane(OWNER, TestLane.TOGETHER, 1, () -> {});
    private final Flow flow = new Flow();

    @Test
    void expectsNothingBeforeItHasRun() {
        // When, Then
        assertThat(flow.estimate(new Size(3, 1000))).isZero();
    }

    @Test
    void expectsWhatItSawAtFirst() {
        // When
        flow.learn(new Size(1, 10), 300);

        // Then it costs 30 a byte
        assertThat(flow.estimate(new Size(5, 4))).isEqualTo(120);
    }

    @Test
    void movesAFifthOfTheWayToTheNewest() {
        // Given
        flow.learn(new Size(1, 10), 300);

        // When
        flow.learn(new Size(1, 10), 800);

        // Then it costs 30 + (80 - 30) / 5 a byte
        assertThat(flow.estimate(new Size(1, 1))).isEqualTo(40);
    }

    @Test
    void smallRunsSayNothingOfLargeOnes() {
        // Given a large run, at 2 a byte
        flow.learn(new Size(1, 100_000), 200_000);

        // When small ones cost 500 a byte
        for (int i = 0; i < 100; i++) {
            flow.learn(new Size(1, 8), 4000);
        }

        // Then each goes by its like, and what is larger than all by the largest
        assertThat(flow.estimate(new Size(1, 90_000))).isEqualTo(180_000);
        assertThat(flow.estimate(new Size(1, 1_000_000))).isEqualTo(2_000_000);
        assertThat(flow.estimate(new Size(1, 16))).isEqualTo(8000);
    }

    @Test
    void countsWhatWaitsInAllItsLanes() {
        // Given
        flow.add(new Tickets(coarse).sized("a", 2, 20));
        flow.add(new Tickets(fine).sized("b", 3, 300));

        // When
        Size waiting = flow.waiting();

        // Then
        assertThat(waiting).isEqualTo(new Size(5, 320));
    }

    @Test
    void startsWithItsMostUrgentLane() {
        // Given
        flow.add(new Tickets(coarse).ticket("a", Priority.NORMAL, 0));
        flow.add(new Tickets(fine).ticket("b", Priority.HIGH, 1));

        // When
        LaneQueue<?, ?> first = flow.ready(1).orElseThrow();

        // Then
        assertThat(first.lane()).isSameAs(fine);
    }

    @Test
    void isIdleOnceAllIsTakenBack() {
        // Given
        Ticket<String, String> only = new Tickets(coarse).ticket("a");
        flow.add(only);
        assertThat(flow.isIdle()).isFalse();

        // When
        boolean removed = flow.remove(only);

        // Then
        assertThat(removed).isTrue();
        assertThat(flow.isIdle()).isTrue();
        assertThat(flow.remove(only)).isFalse();
        assertThat(flow.untilReady(0)).isEqualTo(Long.MAX_VALUE);
    }
}
