package io.fieldserve.onnx;

import static io.fieldserve.onnx.AffineMembers.assertMembers;
import static io.fieldserve.onnx.AffineMembers.ramp;
import static io.fieldserve.surrogate.FieldArrays.close;
import static io.fieldserve.surrogate.FieldArrays.numbers;
import static io.fieldserve.surrogate.FieldArrays.tensor;
import static io.fieldserve.surrogate.Runs.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldserve.surrogate.Ensemble;
import io.fieldserve.surrogate.EnsembleException;
import io.fieldserve.surrogate.EnsembleOutput;
import io.fieldserve.surrogate.EnsembleOutput.Members;
import io.fieldserve.surrogate.EnsembleOutput.Moments;
import io.fieldserve.surrogate.EnsembleQuery;
import io.fieldserve.surrogate.FieldArrays;
import io.fieldserve.surrogate.ManifestFixture;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.SlabPool;
import io.fieldserve.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxEnsembleTest {
    private static final EnsembleQuery EVERYTHING = new EnsembleQuery(3, true);

    private final SlabPool slabs = FieldArrays.poisonedSlabs();
    private final OnnxRuntime runtime = new OnnxRuntime(Graphs.ON_CPU, slabs);

    @AfterEach
    void allMemoryIsBack() {
        assertThat(slabs.outstandingSlabs()).isZero();
    }

    /** Batch sizes and grids, for which the graphs were not made in particular. */
    static List<Shape> sizes() {
        return List.of(Shape.of(1, 1, 2, 3), Shape.of(1, 1, 16, 5), Shape.of(3, 1, 2, 3), Shape.of(3, 1, 16, 5));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void separateMembersFillOneSliceEach(Shape size) {
        // Given
        Tensor permeability = ramp(slabs, size);
        Ensemble ensemble = open(Arrangement.SEPARATE.affine());

        // When
        EnsembleOutput output = run(ensemble, Map.of("permeability", permeability), new EnsembleQuery(3, false));

        // Then
        assertMembers(output, permeability, 3);
        close(output, ensemble, permeability);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void oneGraphComputesTheMomentsItself(Shape size) {
        // Given
        Tensor permeability = ramp(slabs, size);
        Ensemble ensemble = open(Arrangement.MOMENTS.affine());

        // When
        EnsembleOutput output = run(ensemble, Map.of("permeability", permeability), new EnsembleQuery(3, false));

        // Then
        float[] a = numbers(permeability);
        Tensor mean = ((Moments) output).mean().get("pressure");
        Tensor std = ((Moments) output).std().get("pressure");
        assertThat(mean.shape()).isEqualTo(size);
        assertThat(std.shape()).isEqualTo(size);
        for (int point = 0; point < a.length; point++) {
            assertThat(mean.floats().get(point)).isEqualTo(2 * a[point] + 1);
            assertThat(std.floats().get(point)).isEqualTo(Math.abs(a[point] - 0.5f));
        }
        close(output, ensemble, permeability);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void oneGraphGivesEachMemberWhenAsked(Shape size) {
        // Given
        Tensor permeability = ramp(slabs, size);
        Ensemble ensemble = open(Arrangement.MOMENTS.affine());

        // When
        EnsembleOutput output = run(ensemble, Map.of("permeability", permeability), EVERYTHING);

        // Then
        assertMembers(output, permeability, 3);
        close(output, ensemble, permeability);
    }

    @ParameterizedTest
    @EnumSource
    void aQueryForFewerMembersGivesTheFirst(Arrangement arrangement) {
        // Given
        Tensor permeability = ramp(slabs, Shape.of(2, 1, 4, 4));
        Ensemble ensemble = open(arrangement.affine());

        // When
        EnsembleOutput output = run(ensemble, Map.of("permeability", permeability), new EnsembleQuery(2, false));

        // Then
        assertMembers(output, permeability, 2);
        close(output, ensemble, permeability);
    }

    @ParameterizedTest
    @EnumSource
    void fieldsOfSeveralChannelsAndWithoutAxesPassInAndOut(Arrangement arrangement) {
        // Given
        Tensor forcing = tensor(slabs, Shape.of(2, 2, 2), 1, 2, 3, 4, 2, 0, 0, 0);
        Tensor viscosity = tensor(slabs, Shape.of(2, 1), 0.5f, 2);
        Ensemble ensemble = open(arrangement.pair());

        // When
        EnsembleOutput output = run(ensemble, Map.of("forcing", forcing, "viscosity", viscosity), EVERYTHING);

        // Then
        Map<String, Tensor> fields = ((Members) output).byField();
        assertThat(fields).containsOnlyKeys("velocity", "energy");
        assertThat(fields.get("velocity").shape()).isEqualTo(Shape.of(3, 2, 2, 2));
        assertThat(numbers(fields.get("velocity")))
                .containsExactly(
                        0.5f, 1, 1.5f, 2, 4, 0, 0, 0, // weight 1
                        1, 2, 3, 4, 8, 0, 0, 0, // weight 2
                        1.5f, 3, 4.5f, 6, 12, 0, 0, 0); // weight 3
        assertThat(fields.get("energy").shape()).isEqualTo(Shape.of(3, 2, 1));
        assertThat(numbers(fields.get("energy"))).containsExactly(30, 4, 60, 8, 90, 12);
        close(output, ensemble, forcing, viscosity);
    }

    @Test
    void momentsOfSeveralFieldsAreKeptApart() {
        // Given
        Tensor forcing = tensor(slabs, Shape.of(1, 2, 2), 1, 2, 3, 4);
        Tensor viscosity = tensor(slabs, Shape.of(1, 1), 0.5f);
        Ensemble ensemble = open(Arrangement.MOMENTS.pair());

        // When
        EnsembleOutput output =
                run(ensemble, Map.of("forcing", forcing, "viscosity", viscosity), new EnsembleQuery(3, false));

        // Then
        Moments moments = (Moments) output;
        assertThat(numbers(moments.mean().get("velocity"))).containsExactly(1, 2, 3, 4);
        assertThat(numbers(moments.std().get("velocity"))).containsExactly(0.5f, 1, 1.5f, 2);
        assertThat(numbers(moments.mean().get("energy"))).containsExactly(60);
        assertThat(numbers(moments.std().get("energy"))).containsExactly(30);
        close(output, ensemble, forcing, viscosity);
    }

    @Test
    void aMemberThatFailsWhileRunningFailsTheRun() {
        // Given
        Tensor permeability = ramp(slabs, Shape.of(1, 1, 4, 4));
        Ensemble ensemble = open(ManifestFixture.affine().inGraphs("affine-0.onnx", "fails.onnx", "affine-2.onnx"));

        // When, Then
        assertThatThrownBy(() -> run(ensemble, Map.of("permeability", permeability), EVERYTHING))
                .isInstanceOf(EnsembleException.class)
                .hasMessageContaining("Reshape");
        close(ensemble, permeability);
    }

    @ParameterizedTest
    @EnumSource
    void anInputTheGraphDoesNotTakeFailsTheRun(Arrangement arrangement) {
        // Given
        Tensor permeability = ramp(slabs, Shape.of(1, 2, 4, 4));
        Ensemble ensemble = open(arrangement.affine());

        // When, Then
        assertThatThrownBy(() -> run(ensemble, Map.of("permeability", permeability), EVERYTHING))
                .isInstanceOf(EnsembleException.class)
                .hasMessageContaining("permeability");
        close(ensemble, permeability);
    }

    @Test
    void aGraphThatReturnsAnotherGridThanPromisedFailsTheRun() {
        // Given
        Tensor permeability = ramp(slabs, Shape.of(1, 1, 4, 4));
        Ensemble ensemble = open(ManifestFixture.affine().inGraphs("halves-the-grid.onnx"));

        // When, Then
        assertThatThrownBy(() -> run(ensemble, Map.of("permeability", permeability), new EnsembleQuery(1, false)))
                .isInstanceOf(EnsembleException.class)
                .hasMessageContaining("{1,1,2,4}");
        close(ensemble, permeability);
    }

    @ParameterizedTest
    @EnumSource
    void outputsThatDoNotFitIntoMemoryLeaveNothingBehind(Arrangement arrangement) {
        // Given a second field that is too large, after a first that is not
        Tensor forcing = tensor(slabs, Shape.of(1, 2, 2), 1);
        Tensor viscosity = tensor(slabs, Shape.of(1, 1), 1);
        Ensemble ensemble = open(arrangement.pair().with("/outputs/1/channels", Integer.MAX_VALUE));

        // When, Then
        assertThatThrownBy(() -> run(ensemble, Map.of("forcing", forcing, "viscosity", viscosity), EVERYTHING))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2147483647");
        close(ensemble, forcing, viscosity);
    }

    @ParameterizedTest
    @EnumSource
    void saysWhereItRuns(Arrangement arrangement) {
        // Given
        Ensemble ensemble = open(arrangement.affine());

        // When
        String provider = ensemble.executionProvider();

        // Then
        assertThat(provider).isEqualTo("cpu");
        ensemble.close();
    }

    @ParameterizedTest
    @EnumSource
    void hasNothingToRemarkOnTheProcessor(Arrangement arrangement) {
        // Given
        Ensemble ensemble = open(arrangement.affine());

        // When
        List<String> remarks = ensemble.remarks();

        // Then
        assertThat(remarks).isEmpty();
        ensemble.close();
    }

    private Ensemble open(ManifestFixture fixture) {
        return runtime.open(fixture.manifest(), Graphs.FOLDER);
    }
}
