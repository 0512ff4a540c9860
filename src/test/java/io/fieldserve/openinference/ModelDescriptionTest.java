package io.fieldserve.openinference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fieldserve.openinference.ModelConfiguration.TensorConfiguration;
import io.fieldserve.openinference.ModelMetadata.TensorMetadata;
import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import io.fieldserve.prediction.Quantity;
import io.fieldserve.prediction.RequestLimits;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.surrogate.ManifestFixture;
import io.fieldserve.surrogate.PlainModel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Outputs, metadata and configuration of a model, as they follow from its manifest. */
class ModelDescriptionTest {

    private static final RequestLimits LIMITS = new RequestLimits(7, 1000, Duration.ofSeconds(1));

    private final Manifest affine = ManifestFixture.affine().manifest();
    private final Manifest pair = ManifestFixture.pair().manifest();

    @Test
    void outputsAreTheQuantitiesOfEveryField() {
        // When
        List<ModelOutput> outputs = ModelOutput.of(affine);

        // Then
        assertThat(outputs)
                .extracting(ModelOutput::name)
                .containsExactly("pressure", "pressure.std", "pressure.lower", "pressure.upper", "pressure.members");
    }

    @Test
    void outputsHaveNoIntervalWhereNothingIsCalibrated() {
        // When
        List<ModelOutput> outputs = ModelOutput.of(pair);

        // Then
        assertThat(outputs)
                .extracting(ModelOutput::name)
                .containsExactly(
                        "velocity", "velocity.std", "velocity.members", "energy", "energy.std", "energy.members");
    }

    @Test
    void aSingleMemberHasNeitherStdNorMembers() {
        // When
        List<ModelOutput> outputs =
                ModelOutput.of(ManifestFixture.pair().inGraphs("only.onnx").manifest());

        // Then
        assertThat(outputs).extracting(ModelOutput::name).containsExactly("velocity", "energy");
    }

    @Test
    void anOutputIsFoundByItsName() {
        // When
        ModelOutput output = ModelOutput.named("energy.std", pair);

        // Then
        assertThat(output).isEqualTo(new ModelOutput(pair.outputs().get(1), Quantity.STD));
    }

    @Test
    void anotherNameIsRefusedWithThoseThereAre() {
        // When
        FailureException refused =
                catchThrowableOfType(FailureException.class, () -> ModelOutput.named("energy.lower", pair));

        // Then
        assertThat(refused.failure())
                .isEqualTo(new Failure.InvalidParameter(
                        "outputs",
                        "names out of velocity, velocity.std, velocity.members, energy, energy.std, energy.members",
                        "'energy.lower'"));
    }

    @Test
    void metadataHaveMinusOneForWhatMayVary() {
        // When
        ModelMetadata metadata = ModelMetadata.of(pair, List.of(1, 10));

        // Then
        assertThat(metadata)
                .isEqualTo(new ModelMetadata(
                        "pair",
                        List.of("1", "10"),
                        "onnx_onnxv1",
                        List.of(metadata("forcing", -1, 2, -1), metadata("viscosity", -1, 1)),
                        List.of(
                                metadata("velocity", -1, 2, -1),
                                metadata("velocity.std", -1, 2, -1),
                                metadata("velocity.members", 3, -1, 2, -1),
                                metadata("energy", -1, 1),
                                metadata("energy.std", -1, 1),
                                metadata("energy.members", 3, -1, 1))));
    }

    @Test
    void metadataHaveTheLengthOfAnAxisThatCannotVary() {
        // Given
        Manifest fixed = ManifestFixture.affine()
                .with("/grid/minimum", List.of(2, 3))
                .with("/grid/maximum", List.of(2, 9))
                .manifest();

        // When
        ModelMetadata metadata = ModelMetadata.of(fixed, List.of());

        // Then
        assertThat(metadata.inputs()).containsExactly(metadata("permeability", -1, 1, 2, -1));
    }

    @Test
    void configurationLeavesOutALeadingBatch() {
        // When
        ModelConfiguration configuration = ModelConfiguration.of(affine, LIMITS);

        // Then
        assertThat(configuration.name()).isEqualTo("affine");
        assertThat(configuration.maxBatchSize()).isEqualTo(7);
        assertThat(configuration.input()).containsExactly(configuration("permeability", 1, -1, -1));
        assertThat(configuration.output())
                .startsWith(configuration("pressure", 1, -1, -1))
                .endsWith(configuration("pressure.members", 3, -1, 1, -1, -1));
    }

    @Test
    void configurationHasWholeShapesWhereTheBatchIsFixed() {
        // Given
        Manifest plain = PlainModel.manifest(
                "plain",
                1,
                List.of(PlainModel.field("input 'x'", "x", List.of(4, 1, 8), List.of("x_2"))),
                List.of(PlainModel.field("output 'y'", "y", List.of(4, 2), List.of())));

        // When
        ModelConfiguration configuration = ModelConfiguration.of(plain, LIMITS);

        // Then
        assertThat(configuration.maxBatchSize()).isZero();
        assertThat(configuration.input()).containsExactly(configuration("x", 4, 1, 8));
        assertThat(configuration.output()).containsExactly(configuration("y", 4, 2));
    }

    private static TensorMetadata metadata(String name, long... shape) {
        return new TensorMetadata(name, "FP32", boxed(shape));
    }

    private static TensorConfiguration configuration(String name, long... dims) {
        return new TensorConfiguration(name, "TYPE_FP32", boxed(dims));
    }

    private static List<Long> boxed(long... lengths) {
        return Arrays.stream(lengths).boxed().toList();
    }
}
