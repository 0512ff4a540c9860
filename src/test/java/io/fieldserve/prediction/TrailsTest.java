package io.fieldserve.prediction;

import static io.fieldserve.surrogate.FieldArrays.UNPOOLED;
import static io.fieldserve.surrogate.FieldArrays.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldserve.batching.BatchPolicy;
import io.fieldserve.batching.Batcher;
import io.fieldserve.repository.SurrogateVersion;
import io.fieldserve.surrogate.EnsembleException;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.surrogate.ManifestFixture;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.TensorAllocator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever follows predictions hears of each beginning and of exactly one end. */
class TrailsTest {

    private static final PredictionRequest REQUEST = new PredictionRequest(
            Map.of("permeability", tensor(UNPOOLED, Shape.of(1, 1, 2, 3), 1)),
            new AxisLayout(true, true),
            PredictionOptions.defaults());

    private final PredictionBench bench = new PredictionBench();
    private final Batcher batcher = new Batcher(1);
    private final List<String> told = new CopyOnWriteArrayList<>();

    @AfterEach
    void allMemoryIsBack() {
        batcher.close();
        bench.close();
    }

    @Test
    void areOfAPredictionAndItsRun() {
        // Given
        SurrogateVersion version = bench.open(ManifestFixture.affine());

        // When
        predictor(bench.slabs()).predict(version, REQUEST).close();

        // Then
        assertThat(told).containsExactly("begin [2, 3], 1 cases", "run 1 cases of 1", "run succeeded", "answered");
    }

    @Test
    void sayThatARunFailed() {
        // Given
        SurrogateVersion version =
                bench.open(ManifestFixture.affine().inGraphs("affine-0.onnx", "fails.onnx", "affine-2.onnx"));

        // When
        assertThatThrownBy(() -> predictor(bench.slabs()).predict(version, REQUEST))
                .isInstanceOf(EnsembleException.class);

        // Then
        assertThat(told)
                .containsExactly("begin [2, 3], 1 cases", "run 1 cases of 1", "run failed", "failed EnsembleException");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void endWhereverMemoryRunsOut(int allocations) {
        // Given
        SurrogateVersion version = bench.open(ManifestFixture.affine());
        Predictor predictor = predictor(new ScarceMemory(bench.slabs(), allocations));

        // When
        assertThatThrownBy(() -> predictor.predict(version, REQUEST)).isInstanceOf(OutOfMemoryError.class);

        // Then
        assertThat(told).hasSize(4).endsWith("failed OutOfMemoryError");
        assertThat(told.get(2)).isIn("run failed", "run succeeded");
    }

    private Predictor predictor(TensorAllocator allocator) {
        BatchPolicy policy = new BatchPolicy(8, 1 << 20, Duration.ZERO);
        return new Predictor(batcher, policy, allocator, PredictionListener.NONE, new Told());
    }

    private final class Told implements Trails {
        @Override
        public Trail begin(Manifest manifest, List<Integer> grid, int cases) {
            told.add("begin %s, %d cases".formatted(grid, cases));
            return new Trail() {
                @Override
                public void answered(Prediction prediction) {
                    told.add("answered");
                }

                @Override
                public void failed(Throwable why) {
                    told.add("failed " + why.getClass().getSimpleName());
                }
            };
        }

        @Override
        public RunTrail run(int cases, List<Trail> held) {
            told.add("run %d cases of %d".formatted(cases, held.size()));
            return new RunTrail() {
                @Override
                public void succeeded() {
                    told.add("run succeeded");
                }

                @Override
                public void failed() {
                    told.add("run failed");
                }
            };
        }
    }
}
