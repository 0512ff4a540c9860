package io.fieldserve.prediction;

import static io.fieldserve.surrogate.FieldArrays.UNPOOLED;
import static io.fieldserve.surrogate.FieldArrays.numbers;
import static io.fieldserve.surrogate.FieldArrays.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldserve.batching.BatchPolicy;
import io.fieldserve.batching.Size;
import io.fieldserve.batching.Ticket;
import io.fieldserve.batching.Urgency;
import io.fieldserve.repository.SurrogateVersion;
import io.fieldserve.surrogate.EnsembleException;
import io.fieldserve.surrogate.EnsembleQuery;
import io.fieldserve.surrogate.ManifestFixture;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.SlabLimitException;
import io.fieldserve.tensor.SlabPool;
import io.fieldserve.tensor.Tensor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that come while the only thread is busy. The members of the test graphs are a + 1.5, 2 a + 1 and 3 a + 0.5, so
 * the mean is 2 a + 1 and the sample standard deviation |a - 0.5|.
 */
@Timeout(value = 2, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.MINUTES)
class EnsembleLaneTest extends BusyThread {
    private static final EnsembleQuery ALL = new EnsembleQuery(3, false);
    private static final Shape GRID = Shape.of(1, 1, 2, 3);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eachGetsItsOwnPartOfTheBatch(boolean oneGraph) {
        // Given
        SurrogateVersion version = bench.open(affine(oneGraph));
        var one = submit(version, ALL, tensor(UNPOOLED, GRID, 0, 0.5f, 1, 2, 3, 4));
        var two =
                submit(version, ALL, tensor(UNPOOLED, Shape.of(2, 1, 2, 3), 5, 6, 7, 8, 9, 10, -1, -2, -3, -4, -5, -6));
        var three = submit(version, ALL, tensor(UNPOOLED, GRID, 10, 20, 30, 40, 50, 60));

        // When
        gate.open();

        // Then
        try (Solution solution = one.await()) {
            assertPressure(solution.mean(), GRID, 1, 2, 3, 5, 7, 9);
            assertPressure(solution.std(), GRID, 0.5f, 0, 0.5f, 1.5f, 2.5f, 3.5f);
            assertThat(solution.members()).isEmpty();
        }
        try (Solution solution = two.await()) {
            assertPressure(solution.mean(), Shape.of(2, 1, 2, 3), 11, 13, 15, 17, 19, 21, -1, -3, -5, -7, -9, -11);
            assertPressure(
                    solution.std(),
                    Shape.of(2, 1, 2, 3),
                    4.5f,
                    5.5f,
                    6.5f,
                    7.5f,
                    8.5f,
                    9.5f,
                    1.5f,
                    2.5f,
                    3.5f,
                    4.5f,
                    5.5f,
                    6.5f);
        }
        try (Solution solution = three.await()) {
            assertPressure(solution.mean(), GRID, 21, 41, 61, 81, 101, 121);
            assertPressure(solution.std(), GRID, 9.5f, 19.5f, 29.5f, 39.5f, 49.5f, 59.5f);
        }
        assertThat(List.of(one, two, three))
                .allSatisfy(ticket -> assertThat(ticket.timing().items()).isEqualTo(4));
    }

    @Test
    void severalFieldsAreStackedEach() {
        // Given forcing of two channels on two points, and a viscosity: velocity 2 v f, energy 2 sum of f^2
        SurrogateVersion version = bench.open(ManifestFixture.pair());
        var one = submit(
                version,
                ALL,
                Map.of(
                        "forcing", tensor(UNPOOLED, Shape.of(1, 2, 2), 1, 2, 3, 4),
                        "viscosity", tensor(UNPOOLED, Shape.of(1, 1), 0.5f)));
        var two = submit(
                version,
                ALL,
                Map.of(
                        "forcing", tensor(UNPOOLED, Shape.of(1, 2, 2), 1, 0, 0, 2),
                        "viscosity", tensor(UNPOOLED, Shape.of(1, 1), 3)));

        // When
        gate.open();

        // Then
        try (Solution first = one.await();
                Solution second = two.await()) {
            assertThat(numbers(first.mean().get("velocity"))).containsExactly(1, 2, 3, 4);
            assertThat(numbers(first.mean().get("energy"))).containsExactly(60);
            assertThat(numbers(second.mean().get("velocity"))).containsExactly(6, 0, 0, 12);
            assertThat(numbers(second.mean().get("energy"))).containsExactly(10);
        }
        assertThat(two.timing().items()).isEqualTo(2);
    }

    @Test
    void gridsDoNotMix() {
        // Given as many points in another shape
        SurrogateVersion version = bench.open(ManifestFixture.affine());
        var wide = submit(version, ALL, tensor(UNPOOLED, GRID, 0, 0.5f, 1, 2, 3, 4));
        var high = submit(version, ALL, tensor(UNPOOLED, Shape.of(1, 1, 3, 2), 4, 3, 2, 1, 0.5f, 0));

        // When
        gate.open();

        // Then
        try (Solution solution = wide.await()) {
            assertPressure(solution.mean(), GRID, 1, 2, 3, 5, 7, 9);
        }
        try (Solution solution = high.await()) {
            assertPressure(solution.mean(), Shape.of(1, 1, 3, 2), 9, 7, 5, 3, 2, 1);
        }
        assertThat(wide.timing().items()).isEqualTo(1);
        assertThat(high.timing().items()).isEqualTo(1);
    }

    @Test
    void requestsForAnotherNumberOfMembersDoNotMix() {
        // Given two for the first two members, and one for all
        SurrogateVersion version = bench.open(ManifestFixture.affine());
        EnsembleQuery firstTwo = new EnsembleQuery(2, false);
        var one = submit(version, firstTwo, tensor(UNPOOLED, GRID, 1));
        var all = submit(version, ALL, tensor(UNPOOLED, GRID, 1));
        var two = submit(version, firstTwo, tensor(UNPOOLED, GRID, 3));

        // When
        gate.open();

        // Then the mean of two is 1.5 a + 1.25
        try (Solution solution = one.await()) {
            assertThat(numbers(solution.mean().get("pressure"))).containsOnly(2.75f);
        }
        try (Solution solution = all.await()) {
            assertThat(numbers(solution.mean().get("pressure"))).containsOnly(3);
        }
        try (Solution solution = two.await()) {
            assertThat(numbers(solution.mean().get("pressure"))).containsOnly(5.75f);
        }
        assertThat(one.timing().items()).isEqualTo(2);
        assertThat(all.timing().items()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void requestsForEachMemberRunAlone(boolean oneGraph) {
        // Given
        SurrogateVersion version = bench.open(affine(oneGraph));
        EnsembleQuery each = new EnsembleQuery(3, true);
        var one = submit(version, each, tensor(UNPOOLED, GRID, 1));
        var two = submit(version, each, tensor(UNPOOLED, GRID, 3));

        // When
        gate.open();

        // Then
        try (Solution solution = one.await()) {
            assertMembers(solution, 2.5f, 3, 3.5f);
        }
        try (Solution solution = two.await()) {
            assertMembers(solution, 4.5f, 7, 9.5f);
        }
        assertThat(one.timing().items()).isEqualTo(1);
        assertThat(two.timing().items()).isEqualTo(1);
    }

    @Test
    void versionsDoNotMix() {
        // Given the same graphs opened twice
        var one = submit(bench.open(ManifestFixture.affine()), ALL, tensor(UNPOOLED, GRID, 1));
        var two = submit(bench.open(ManifestFixture.affine()), ALL, tensor(UNPOOLED, GRID, 3));

        // When
        gate.open();

        // Then
        one.await().close();
        two.await().close();
        assertThat(one.timing().items()).isEqualTo(1);
        assertThat(two.timing().items()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 2", "2, 1, 0", "1, 2, 0"})
    void theMemoryGoesBackWithTheLastOfTheBatch(int first, int second, int last) {
        // Given
        SurrogateVersion version = bench.open(ManifestFixture.affine());
        var tickets = IntStream.range(0, 3)
                .mapToObj(a -> submit(version, ALL, tensor(UNPOOLED, GRID, a)))
                .toList();
        gate.open();
        List<Solution> solutions = tickets.stream().map(Ticket::await).toList();

        // When
        solutions.get(first).close();
        solutions.get(second).close();
        float[] mean = numbers(solutions.get(last).mean().get("pressure"));
        int before = bench.slabs().outstandingSlabs();
        solutions.get(last).close();

        // Then mean and std are there up to the end
        assertThat(mean).containsOnly(2 * last + 1);
        assertThat(before).isEqualTo(2);
        assertThat(bench.slabs().outstandingSlabs()).isZero();
    }

    /** Each case is 2 KiB: five don't fit where they are put together; of four there is no room for mean and std. */
    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void aBatchForWhichThereIsNoMemoryFailsAlone(int requests) {
        // Given
        SlabPool small = new SlabPool(0, 8192);
        SurrogateVersion version = bench.open(ManifestFixture.affine());
        Shape large = Shape.of(1, 1, 16, 32);
        var failing = IntStream.range(0, requests)
                .mapToObj(_ -> submit(version, ALL, Map.of("permeability", tensor(UNPOOLED, large, 1)), small))
                .toList();
        var other = submit(version, ALL, Map.of("permeability", tensor(UNPOOLED, GRID, 3)), small);

        // When
        gate.open();

        // Then
        assertThat(failing)
                .allSatisfy(ticket -> assertThatThrownBy(ticket::await).isInstanceOf(SlabLimitException.class));
        try (Solution solution = other.await()) {
            assertThat(numbers(solution.mean().get("pressure"))).containsOnly(7);
        }
        assertThat(small.outstandingSlabs()).isZero();
    }

    @Test
    void aMemberThatFailsFailsTheWholeBatch() {
        // Given
        SurrogateVersion version =
                bench.open(ManifestFixture.affine().inGraphs("affine-0.onnx", "fails.onnx", "affine-2.onnx"));
        var one = submit(version, ALL, tensor(UNPOOLED, GRID, 1));
        var two = submit(version, ALL, tensor(UNPOOLED, GRID, 3));

        // When
        gate.open();

        // Then
        assertThatThrownBy(one::await).isInstanceOf(EnsembleException.class);
        assertThatThrownBy(two::await).isInstanceOf(EnsembleException.class);
        assertThat(bench.slabs().outstandingSlabs()).isZero();
    }

    private static ManifestFixture affine(boolean oneGraph) {
        ManifestFixture affine = ManifestFixture.affine();
        return oneGraph ? affine.inOneGraph("affine-moments.onnx") : affine;
    }

    private Ticket<LaneRequest, Solution> submit(SurrogateVersion version, EnsembleQuery query, Tensor permeability) {
        return submit(version, query, Map.of("permeability", permeability));
    }

    private Ticket<LaneRequest, Solution> submit(
            SurrogateVersion version, EnsembleQuery query, Map<String, Tensor> inputs) {
        return submit(version, query, inputs, bench.slabs());
    }

    private Ticket<LaneRequest, Solution> submit(
            SurrogateVersion version, EnsembleQuery query, Map<String, Tensor> inputs, SlabPool slabs) {
        BatchPolicy policy = new BatchPolicy(8, 1 << 20, Duration.ZERO);
        EnsembleLane lane = new EnsembleLane(version, query, inputs, policy, slabs, Trails.NONE);
        LaneRequest request = new LaneRequest(inputs, Trails.Trail.NONE);
        return batcher.submit(lane, request, new Size(request.cases(), 24L * request.cases()), Urgency.none());
    }

    private static void assertPressure(Map<String, Tensor> fields, Shape shape, float... expected) {
        Tensor pressure = fields.get("pressure");
        assertThat(pressure.shape()).isEqualTo(shape);
        assertThat(numbers(pressure)).containsExactly(expected);
    }

    /** Of a constant input, the constant that each member makes of it. */
    private static void assertMembers(Solution solution, float... each) {
        Tensor members = solution.members().get("pressure");
        assertThat(members.shape()).isEqualTo(GRID.prepend(3));
        for (int member = 0; member < 3; member++) {
            assertThat(numbers(members.batchSlice(member, member + 1))).containsOnly(each[member]);
        }
    }
}
