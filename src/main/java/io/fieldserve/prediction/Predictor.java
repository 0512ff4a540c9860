package io.fieldserve.prediction;

import io.fieldserve.prediction.Prediction.FieldPrediction;
import io.fieldserve.repository.SurrogateVersion;
import io.fieldserve.surrogate.Calibration.GridCalibration;
import io.fieldserve.surrogate.Calibration.Level;
import io.fieldserve.surrogate.EnsembleOutput;
import io.fieldserve.surrogate.Field;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.tensor.TensorAllocator;
import io.fieldserve.uncertainty.ConformalInterval;
import io.fieldserve.uncertainty.EnsembleMoments;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** Request in, prediction out. Whatever it allocates is owned by the prediction, or given back if there is none. */
public final class Predictor {

    private final TensorAllocator allocator;
    private final TrustAssessor trustAssessor = new TrustAssessor();

    public Predictor(TensorAllocator allocator) {
        this.allocator = allocator;
    }

    /**
     * Predicts one batch.
     *
     * @return the answer, which the caller closes
     * @throws FailureException the options can't be met, or the fields don't go together
     * @throws io.fieldserve.surrogate.EnsembleException the runtime failed
     */
    public Prediction predict(SurrogateVersion version, PredictionRequest request) {
        Manifest manifest = version.manifest();
        PredictionPlan plan = PredictionPlan.of(manifest, sharedGrid(manifest, request.inputs()), request.options());
        Scope scope = new Scope();
        try {
            EnsembleOutput output = version.ensemble().run(request.inputs(), plan.query());
            scope.own(output::close);
            List<FieldPrediction> fields = new ArrayList<>();
            List<TrustAssessor.FieldMoments> moments = new ArrayList<>();
            for (Field field : manifest.outputs()) {
                Map<Quantity, Tensor> arrays = moments(field, output, scope);
                moments.add(new TrustAssessor.FieldMoments(field, arrays.get(Quantity.MEAN), arrays.get(Quantity.STD)));
                fields.add(complete(field, arrays, plan, scope));
            }
            Trust trust = trustAssessor.assess(plan, request.inputs(), moments);
            return new Prediction(manifest, request.layout(), fields, trust, scope);
        } catch (RuntimeException | Error e) {
            scope.close();
            throw e;
        }
    }

    /** Mean and std, and the members where the ensemble gave them. */
    private Map<Quantity, Tensor> moments(Field field, EnsembleOutput output, Scope scope) {
        Map<Quantity, Tensor> arrays = new EnumMap<>(Quantity.class);
        switch (output) {
            case EnsembleOutput.Moments(Map<String, Tensor> mean, Map<String, Tensor> std) -> {
                arrays.put(Quantity.MEAN, mean.get(field.name()));
                arrays.put(Quantity.STD, std.get(field.name()));
            }
            case EnsembleOutput.Members(Map<String, Tensor> byField) -> {
                Tensor members = byField.get(field.name());
                EnsembleMoments moments = EnsembleMoments.of(members, allocatorOf(scope));
                arrays.put(Quantity.MEAN, moments.mean());
                arrays.put(Quantity.STD, moments.std());
                arrays.put(Quantity.MEMBERS, members);
            }
        }
        return arrays;
    }

    private FieldPrediction complete(Field field, Map<Quantity, Tensor> arrays, PredictionPlan plan, Scope scope) {
        Map<Quantity, Tensor> wanted = new EnumMap<>(arrays);
        Optional<Level> level = plan.level(field);
        Optional<IntervalStatement> statement = Optional.empty();
        if (level.isPresent()) {
            GridCalibration calibration = plan.calibration(field).orElseThrow();
            ConformalInterval interval = ConformalInterval.around(
                    arrays.get(Quantity.MEAN),
                    arrays.get(Quantity.STD),
                    level.get().scale(),
                    calibration.stdFloor(),
                    allocatorOf(scope));
            wanted.put(Quantity.LOWER, interval.lower());
            wanted.put(Quantity.UPPER, interval.upper());
            statement = Optional.of(statement(level.get(), calibration));
        }
        wanted.keySet().retainAll(plan.quantities());
        return new FieldPrediction(field, wanted, statement);
    }

    /** Memory that the scope gives back. */
    private TensorAllocator allocatorOf(Scope scope) {
        return (type, shape) -> {
            Tensor tensor = allocator.allocate(type, shape);
            scope.own(tensor::close);
            return tensor;
        };
    }

    private static IntervalStatement statement(Level level, GridCalibration calibration) {
        return new IntervalStatement(
                level.level(), level.guarantee(), level.coverage(), calibration.cases(), calibration.grid());
    }

    /** The grid that all fields with axes share; batch sizes must agree as well. */
    private static List<Integer> sharedGrid(Manifest manifest, Map<String, Tensor> inputs) {
        Field first = manifest.inputs().getFirst();
        Shape reference = inputs.get(first.name()).shape();
        List<Integer> grid = List.of();
        for (Field field : manifest.inputs()) {
            Shape shape = inputs.get(field.name()).shape();
            if (shape.dim(0) != reference.dim(0)) {
                throw new Failure.InvalidInput(
                                field.name(),
                                "a batch of %d as in '%s'".formatted(reference.dim(0), first.name()),
                                "shape " + shape)
                        .asException();
            }
            if (field.dimensions() == 0) {
                continue;
            }
            List<Integer> own = LongStream.of(shape.drop(0, 2).dims())
                    .mapToObj(Math::toIntExact)
                    .toList();
            if (!grid.isEmpty() && !grid.equals(own)) {
                throw new Failure.InvalidInput(field.name(), "the grid " + grid, "shape " + shape).asException();
            }
            grid = own;
        }
        return grid;
    }
}
