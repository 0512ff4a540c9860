package io.fieldserve.prediction;

import io.fieldserve.batching.BatchPolicy;
import io.fieldserve.batching.BatchTiming;
import io.fieldserve.batching.Batcher;
import io.fieldserve.batching.DroppedException;
import io.fieldserve.batching.Size;
import io.fieldserve.batching.Ticket;
import io.fieldserve.batching.Urgency;
import io.fieldserve.prediction.Prediction.FieldPrediction;
import io.fieldserve.prediction.Trails.Trail;
import io.fieldserve.repository.SurrogateVersion;
import io.fieldserve.surrogate.Calibration.GridCalibration;
import io.fieldserve.surrogate.Calibration.Level;
import io.fieldserve.surrogate.EnsembleException;
import io.fieldserve.surrogate.Field;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.tensor.TensorAllocator;
import io.fieldserve.uncertainty.ConformalInterval;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Request in, prediction out. Whatever it allocates is owned by the prediction, or given back if there is none. */
public final class Predictor {

    private final Batcher batcher;
    private final BatchPolicy policy;
    private final TensorAllocator allocator;
    private final PredictionListener listener;
    private final Trails trails;
    private final TrustAssessor trustAssessor = new TrustAssessor();

    /** Predicts on the threads of a batcher, together what the policy allows. */
    public Predictor(
            Batcher batcher,
            BatchPolicy policy,
            TensorAllocator allocator,
            PredictionListener listener,
            Trails trails) {
        this.batcher = batcher;
        this.policy = policy;
        this.allocator = allocator;
        this.listener = listener;
        this.trails = trails;
    }

    /**
     * Predicts one request, with others that wait for the same members on the same grid.
     *
     * @return the answer, which the caller closes
     * @throws FailureException the options can't be met, the fields don't go together, or it was dropped before it ran
     * @throws io.fieldserve.surrogate.EnsembleException the runtime failed
     */
    public Prediction predict(SurrogateVersion version, PredictionRequest request) {
        long start = System.nanoTime();
        try {
            Prediction prediction = answer(version, request);
            listener.answered(prediction, System.nanoTime() - start);
            return prediction;
        } catch (RuntimeException | Error e) {
            listener.failed(version.manifest(), e, System.nanoTime() - start);
            throw e;
        }
    }

    private Prediction answer(SurrogateVersion version, PredictionRequest request) {
        Manifest manifest = version.manifest();
        PredictionPlan plan = PredictionPlan.of(manifest, CommonGrid.of(manifest, request.inputs()), request.options());
        Trail trail = trails.begin(manifest, plan.grid(), LaneRequest.cases(request.inputs()));
        try {
            Prediction prediction = answer(version, plan, request, trail);
            trail.answered(prediction);
            return prediction;
        } catch (RuntimeException | Error e) {
            trail.failed(e);
            throw e;
        }
    }

    private Prediction answer(SurrogateVersion version, PredictionPlan plan, PredictionRequest request, Trail trail) {
        Manifest manifest = version.manifest();
        Scope scope = new Scope();
        try {
            Run run = run(version, plan, request, trail);
            Solution solution = run.solution();
            scope.own(solution::close);
            List<FieldPrediction> fields = new ArrayList<>();
            for (Field field : manifest.outputs()) {
                fields.add(complete(field, solution, plan, scope));
            }
            Trust trust = trustAssessor.assess(plan, request.inputs(), solution);
            return new Prediction(manifest, request.layout(), fields, trust, run.timing(), scope);
        } catch (RuntimeException | Error e) {
            scope.close();
            throw e;
        }
    }

    /** What came of a request's batch. */
    private record Run(Solution solution, BatchTiming timing) {}

    /**
     * Runs a request with others, and once more alone where that failed: an input on which the graph fails must not cost those
     * their answers who happen to wait at the same time.
     */
    private Run run(SurrogateVersion version, PredictionPlan plan, PredictionRequest request, Trail trail) {
        LaneRequest waiting = new LaneRequest(request.inputs(), trail);
        Ticket<LaneRequest, Solution> among = submit(version, plan, request, waiting, policy);
        try {
            return new Run(await(among, request.urgency()), among.timing());
        } catch (EnsembleException e) {
            if (among.timing().items() == waiting.cases()) {
                throw e;
            }
        }
        Ticket<LaneRequest, Solution> alone = submit(version, plan, request, waiting, policy.alone());
        return new Run(await(alone, request.urgency()), alone.timing());
    }

    private Ticket<LaneRequest, Solution> submit(
            SurrogateVersion version,
            PredictionPlan plan,
            PredictionRequest request,
            LaneRequest waiting,
            BatchPolicy company) {
        EnsembleLane lane = new EnsembleLane(version, plan.query(), waiting.inputs(), company, allocator, trails);
        try {
            Ticket<LaneRequest, Solution> ticket = batcher.submit(lane, waiting, size(waiting), request.urgency());
            request.caller().whenGone(ticket::cancel);
            return ticket;
        } catch (DroppedException e) {
            throw failure(e, request.urgency()).asException();
        }
    }

    private static Solution await(Ticket<LaneRequest, Solution> ticket, Urgency urgency) {
        try {
            return ticket.await();
        } catch (DroppedException e) {
            throw failure(e, urgency).asException();
        }
    }

    private static Failure failure(DroppedException dropped, Urgency urgency) {
        return switch (dropped.why()) {
            case DEADLINE -> new Failure.DeadlineExceeded(urgency.deadline().time());
            case CANCELLED -> new Failure.CallerGone();
            case CLOSED -> new Failure.Unavailable("it is shutting down");
        };
    }

    private static Size size(LaneRequest request) {
        long bytes = request.inputs().values().stream()
                .mapToLong(tensor -> tensor.bytes().remaining())
                .sum();
        return new Size(request.cases(), bytes);
    }

    private FieldPrediction complete(Field field, Solution solution, PredictionPlan plan, Scope scope) {
        Tensor mean = solution.mean().get(field.name());
        Tensor std = solution.std().get(field.name());
        Map<Quantity, Tensor> arrays = new EnumMap<>(Quantity.class);
        arrays.put(Quantity.MEAN, mean);
        arrays.put(Quantity.STD, std);
        if (solution.members().containsKey(field.name())) {
            arrays.put(Quantity.MEMBERS, solution.members().get(field.name()));
        }
        Optional<Level> level = plan.level(field);
        Optional<IntervalStatement> statement = Optional.empty();
        if (level.isPresent()) {
            GridCalibration calibration = plan.calibration(field).orElseThrow();
            ConformalInterval interval = ConformalInterval.around(
                    mean, std, level.get().scale(), calibration.stdFloor(), scope.allocating(allocator));
            arrays.put(Quantity.LOWER, interval.lower());
            arrays.put(Quantity.UPPER, interval.upper());
            statement = Optional.of(statement(level.get(), calibration));
        }
        arrays.keySet().retainAll(plan.quantities());
        return new FieldPrediction(field, arrays, statement);
    }

    private static IntervalStatement statement(Level level, GridCalibration calibration) {
        return new IntervalStatement(
                level.level(), level.guarantee(), level.coverage(), calibration.cases(), calibration.grid());
    }
}
