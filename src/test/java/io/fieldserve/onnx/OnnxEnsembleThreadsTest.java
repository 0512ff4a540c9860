package io.fieldserve.onnx;

import static io.fieldserve.onnx.AffineMembers.assertMembers;
import static io.fieldserve.onnx.AffineMembers.ramp;
import static io.fieldserve.surrogate.FieldArrays.close;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldserve.surrogate.Ensemble;
import io.fieldserve.surrogate.EnsembleException;
import io.fieldserve.surrogate.EnsembleOutput;
import io.fieldserve.surrogate.EnsembleQuery;
import io.fieldserve.surrogate.FieldArrays;
import io.fieldserve.surrogate.ManifestFixture;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.SlabPool;
import io.fieldserve.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Callers on several threads, callers that are interrupted, and a runtime that closes under way. */
class OnnxEnsembleThreadsTest {
    private static final EnsembleQuery EVERYTHING = new EnsembleQuery(3, true);

    private final SlabPool slabs = FieldArrays.poisonedSlabs();
    private final OnnxRuntime runtime = new OnnxRuntime(Graphs.ON_CPU, slabs);

    @AfterEach
    void allMemoryIsBack() {
        runtime.close();
        assertThat(slabs.outstandingSlabs()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void answersManyThreadsAtOnce(Arrangement arrangement) throws Exception {
        // Given
        Ensemble ensemble = open(arrangement.affine());
        List<Shape> shapes = List.of(Shape.of(1, 1, 16, 16), Shape.of(2, 1, 5, 7), Shape.of(3, 1, 8, 4));

        // When
        List<Future<?>> callers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (int caller = 0; caller < 6; caller++) {
                int first = caller;
                callers.add(threads.submit(() -> {
                    for (int round = 0; round < 50; round++) {
                        Tensor permeability = ramp(slabs, shapes.get((first + round) % shapes.size()));
                        EnsembleOutput output = ensemble.run(Map.of("permeability", permeability), EVERYTHING);
                        assertMembers(output, permeability, 3);
                        close(output, permeability);
                    }
                }));
            }
        }

        // Then
        for (Future<?> caller : callers) {
            caller.get();
        }
        ensemble.close();
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptedCallerStillWaitsForTheMembersThatWriteIntoItsMemory(Arrangement arrangement) {
        // Given
        Tensor permeability = ramp(slabs, Shape.of(3, 1, 16, 16));
        Ensemble ensemble = open(arrangement.affine());
        Thread.currentThread().interrupt();

        // When
        EnsembleOutput output = ensemble.run(Map.of("permeability", permeability), EVERYTHING);

        // Then
        assertThat(Thread.interrupted()).isTrue();
        assertMembers(output, permeability, 3);
        close(output, ensemble, permeability);
    }

    @ParameterizedTest
    @EnumSource
    void aClosedRuntimeRunsNothingMore(Arrangement arrangement) {
        // Given
        Tensor permeability = ramp(slabs, Shape.of(1, 1, 4, 4));
        Ensemble ensemble = open(arrangement.affine());
        runtime.close();

        // When, Then
        assertThatThrownBy(() -> ensemble.run(Map.of("permeability", permeability), EVERYTHING))
                .isInstanceOf(EnsembleException.class)
                .hasMessage("the runtime is closed");
        close(ensemble, permeability);
    }

    @ParameterizedTest
    @EnumSource
    void closingTheRuntimeWaitsForTheMembersThatRun(Arrangement arrangement) throws Exception {
        // Given callers that run until they are refused
        Ensemble ensemble = open(arrangement.affine());
        CountDownLatch allHaveRun = new CountDownLatch(4);
        List<Future<?>> callers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int caller = 0; caller < 4; caller++) {
                callers.add(threads.submit(() -> runUntilRefused(ensemble, allHaveRun)));
            }
            allHaveRun.await();

            // When
            close(runtime, ensemble);
        }

        // Then
        for (Future<?> caller : callers) {
            caller.get();
        }
    }

    private void runUntilRefused(Ensemble ensemble, CountDownLatch hasRun) {
        Tensor permeability = ramp(slabs, Shape.of(2, 1, 16, 16));
        try {
            while (true) {
                EnsembleOutput output = ensemble.run(Map.of("permeability", permeability), EVERYTHING);
                assertMembers(output, permeability, 3);
                output.close();
                hasRun.countDown();
            }
        } catch (EnsembleException e) {
            assertThat(e).hasMessage("the runtime is closed");
        } finally {
            hasRun.countDown();
            permeability.close();
        }
    }

    private Ensemble open(ManifestFixture fixture) {
        return runtime.open(fixture.manifest(), Graphs.FOLDER);
    }
}
