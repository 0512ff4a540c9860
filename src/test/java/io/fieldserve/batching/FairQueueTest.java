package io.fieldserve.batching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Shares of the machine, worked out by hand. Every piece of work is a batch of its own, of one byte unless said. */
class FairQueueTest {
    private static final BatchPolicy ALONE = TestLane.TOGETHER.alone();

    private final FairQueue queue = new FairQueue();
    private final TestLane first = TestLane.quick(ALONE);
    private final TestLane second = TestLane.quick(ALONE);
    private final Tickets ofFirst = new Tickets(first);
    private final Tickets ofSecond = new Tickets(second);

    @Test
    void twoFloodedFlowsGetTheSameTimeThoughTheirBatchesDoNotCostTheSame() {
        // Given
        flood(ofFirst, "dear", 100);
        flood(ofSecond, "cheap", 100);

        // When
        List<String> order = run(80, Map.of("dear", 300.0, "cheap", 100.0));

        // Then both are level whenever the first has had 300 and the second 3 times 100
        assertThat(Collections.frequency(order, "dear")).isEqualTo(20);
        assertThat(Collections.frequency(order, "cheap")).isEqualTo(60);
        for (int round = 0; round < 80; round += 4) {
            assertThat(order.subList(round, round + 4)).containsExactlyInAnyOrder("dear", "cheap", "cheap", "cheap");
        }
    }

    @Test
    void anOccasionalFlowWaitsForNoneOfAFlood() {
        // Given
        flood(ofFirst, "flood", 100);
        run(50, Map.of("flood", 100.0));
        queue.add(ofSecond.ticket("occasional"));

        // When
        List<String> order = run(2, Map.of("flood", 100.0, "occasional", 700.0));

        // Then
        assertThat(order).containsExactly("occasional", "flood");
    }

    @Test
    void anOccasionalFlowGoesFirstEveryTimeAsLongAsItUsesLess() {
        // Given
        flood(ofFirst, "flood", 100);
        List<String> order = new ArrayList<>();

        // When: it brings a batch of 40 for each of 100
        for (int round = 0; round < 10; round++) {
            queue.add(ofSecond.ticket("occasional"));
            order.addAll(run(2, Map.of("flood", 100.0, "occasional", 40.0)));
        }

        // Then, the two being level at the beginning alone
        assertThat(order.subList(2, 20).stream().toList())
                .isEqualTo(Collections.nCopies(9, List.of("occasional", "flood")).stream()
                        .flatMap(List::stream)
                        .toList());
    }

    @Test
    void anIdleFlowGathersNoCredit() {
        // Given a flow that has used nothing while another has used 1000, the last batch of it from 900 on
        flood(ofFirst, "busy", 100);
        run(10, Map.of("busy", 100.0));
        flood(ofSecond, "back", 100);

        // When
        List<String> order = run(9, Map.of("busy", 100.0, "back", 100.0));

        // Then it goes first from 900 on, and both take turns from 1000 on
        assertThat(order.getFirst()).isEqualTo("back");
        for (int turn = 1; turn < 9; turn += 2) {
            assertThat(order.subList(turn, turn + 2)).containsExactlyInAnyOrder("busy", "back");
        }
    }

    @Test
    void aFlowThatWasIdleStillOwesWhatItUsed() {
        // Given one batch that cost 500
        queue.add(ofFirst.ticket("dear"));
        run(1, Map.of("dear", 500.0));
        flood(ofFirst, "dear", 10);
        flood(ofSecond, "cheap", 10);

        // When
        List<String> order = run(5, Map.of("dear", 500.0, "cheap", 100.0));

        // Then
        assertThat(order).containsOnly("cheap");
    }

    @Test
    void aFlowIsChargedForWhatItIsLikelyToCostAsSoonAsItStarts() {
        // Given two flows that are level, with known costs
        flood(ofFirst, "a", 10);
        flood(ofSecond, "b", 10);
        run(2, Map.of("a", 100.0, "b", 100.0));

        // When: two threads start before either has ended
        List<String> begun = List.of(work(take()), work(take()));

        // Then
        assertThat(begun).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aChargeIsSetRightInTheEnd() {
        // Given a flow thought to cost 100 whose second batch cost 10, and one that cost 100 in all
        flood(ofFirst, "a", 10);
        run(1, Map.of("a", 100.0));
        run(1, Map.of("a", 10.0));
        double used = take().flow().used();

        // Then: 100 and 10 are used, and the third is charged with 100 + (10 - 100) / 5
        assertThat(used).isEqualTo(100 + 10 + 82);
    }

    @Test
    void prioritySaysNothingBetweenFlows() {
        // Given
        flood(ofFirst, "flood", 3);
        run(2, Map.of("flood", 100.0));
        queue.add(ofFirst.ticket("urgent flood", Priority.HIGH, 0));
        queue.add(ofSecond.ticket("patient", Priority.LOW, 0));

        // When
        List<String> order = run(2, Map.of("urgent flood", 100.0, "patient", 100.0, "flood", 100.0));

        // Then
        assertThat(order).containsExactly("patient", "urgent flood");
    }

    @Test
    void theBacklogIsWhatAllThatWaitsIsLikelyToCost() {
        // Given 5 a byte in the first flow, 2 in the second, and a third that has not run yet
        queue.add(ofFirst.sized("a", 1, 10));
        queue.add(ofSecond.sized("b", 1, 100));
        run(2, Map.of("a", 50.0, "b", 200.0));
        Ticket<String, String> removed = ofFirst.sized("a", 1, 1000);
        queue.add(ofFirst.sized("a", 3, 30));
        queue.add(ofFirst.sized("a", 1, 12));
        queue.add(removed);
        queue.add(ofSecond.sized("b", 1, 7));
        queue.add(new Tickets(TestLane.quick(ALONE)).sized("unknown", 1, 1000));
        queue.remove(removed);

        // When
        double backlog = queue.backlog();

        // Then
        assertThat(backlog).isEqualTo(5 * (30 + 12) + 2 * 7);
    }

    @Test
    void aFlowThatIsHeldBackLetsOthersPass() {
        // Given
        TestLane patient = TestLane.quick(new BatchPolicy(10, 10, Duration.ofNanos(50)));
        queue.add(new Tickets(patient).ticket("held back", Priority.HIGH, 0));
        flood(ofFirst, "a", 1);

        // When
        List<String> order = run(1, Map.of("a", 100.0));

        // Then
        assertThat(order).containsExactly("a");
        assertThat(queue.take(49)).isEmpty();
        assertThat(queue.untilReady(49)).isEqualTo(1);
        assertThat(queue.untilReady(50)).isZero();
        assertThat(queue.take(50)).map(FairQueueTest::work).contains("held back");
        assertThat(queue.untilReady(50)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void isEmptyOnceItIsDrained() {
        // Given
        flood(ofFirst, "a", 2);
        flood(ofSecond, "b", 1);

        // When
        List<Ticket<?, ?>> drained = queue.drain();

        // Then
        assertThat(drained).hasSize(3);
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.take(0)).isEmpty();
        assertThat(queue.backlog()).isZero();
    }

    private void flood(Tickets tickets, String work, int count) {
        for (int i = 0; i < count; i++) {
            queue.add(tickets.ticket(work));
        }
    }

    /** Runs one batch after the other, each for as long as its work costs. */
    private List<String> run(int batches, Map<String, Double> costs) {
        List<String> order = new ArrayList<>();
        for (int i = 0; i < batches; i++) {
            Batch<?, ?> batch = take();
            double cost = costs.get(work(batch));
            batch.flow().charge(cost - batch.estimate());
            batch.flow().learn(batch.size(), cost);
            order.add(work(batch));
        }
        return order;
    }

    private Batch<?, ?> take() {
        return queue.take(0).orElseThrow();
    }

    private static String work(Batch<?, ?> batch) {
        return batch.tickets().getFirst().work().toString();
    }
}
