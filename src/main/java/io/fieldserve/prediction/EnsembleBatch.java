package io.fieldserve.prediction;

import io.fieldserve.batching.BatchRun;
import io.fieldserve.prediction.Trails.RunTrail;
import io.fieldserve.surrogate.Ensemble;
import io.fieldserve.surrogate.EnsembleOutput;
import io.fieldserve.surrogate.EnsembleQuery;
import io.fieldserve.surrogate.EnsembleRun;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.tensor.TensorAllocator;
import io.fieldserve.uncertainty.EnsembleMoments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Several requests in one run. Inputs of a lone request are used where they lie; those of several are copied one behind
 * the other, which lets a request's body take its time without a hole in anyone's batch.
 */
final class EnsembleBatch implements BatchRun<Solution> {
    private final List<Integer> cases;
    private final boolean eachMember;
    private final TensorAllocator allocator;
    private final Scope stacked;
    private final EnsembleRun run;
    private final RunTrail trail;

    private EnsembleBatch(
            List<Integer> cases,
            boolean eachMember,
            TensorAllocator allocator,
            Scope stacked,
            EnsembleRun run,
            RunTrail trail) {
        this.cases = cases;
        this.eachMember = eachMember;
        this.allocator = allocator;
        this.stacked = stacked;
        this.run = run;
        this.trail = trail;
    }

    static EnsembleBatch start(
            Ensemble ensemble,
            EnsembleQuery query,
            List<LaneRequest> requests,
            TensorAllocator allocator,
            Trails trails) {
        List<Integer> cases = requests.stream().map(LaneRequest::cases).toList();
        RunTrail trail = trails.run(
                cases.stream().mapToInt(Integer::intValue).sum(),
                requests.stream().map(LaneRequest::trail).toList());
        Scope stacked = new Scope();
        try {
            Map<String, Tensor> inputs = requests.size() == 1
                    ? requests.getFirst().inputs()
                    : stack(requests, stacked.allocating(allocator));
            return new EnsembleBatch(
                    cases, query.eachMember(), allocator, stacked, ensemble.prepare(inputs, query), trail);
        } catch (RuntimeException | Error e) {
            stacked.close();
            trail.failed();
            throw e;
        }
    }

    private static Map<String, Tensor> stack(List<LaneRequest> requests, TensorAllocator allocator) {
        Map<String, Tensor> stacked = new HashMap<>();
        for (String field : requests.getFirst().inputs().keySet()) {
            stacked.put(
                    field,
                    Tensor.stack(
                            requests.stream()
                                    .map(request -> request.inputs().get(field))
                                    .toList(),
                            allocator));
        }
        return stacked;
    }

    @Override
    public List<Runnable> parts() {
        return run.parts();
    }

    @Override
    public List<Solution> finish() {
        Scope scope = new Scope();
        try {
            stacked.close();
            List<Solution> solutions = split(solution(run.output(), scope), scope);
            trail.succeeded();
            return solutions;
        } catch (RuntimeException | Error e) {
            scope.close();
            trail.failed();
            throw e;
        }
    }

    @Override
    public void abandon() {
        try (stacked) {
            run.abandon();
        } finally {
            trail.failed();
        }
    }

    /** The solution of the whole batch, whose memory the scope owns. */
    private Solution solution(EnsembleOutput output, Scope scope) {
        return switch (output) {
            case EnsembleOutput.Moments(Map<String, Tensor> mean, Map<String, Tensor> std) -> {
                scope.own(output::close);
                yield new Solution(mean, std, Map.of(), () -> {});
            }
            case EnsembleOutput.Members(Map<String, Tensor> byField)
            when eachMember -> {
                scope.own(output::close);
                yield moments(byField, scope.allocating(allocator));
            }
            case EnsembleOutput.Members(Map<String, Tensor> byField) -> {
                // M times as large as what is made of them, and not needed until the reply is written.
                try (output) {
                    yield moments(byField, scope.allocating(allocator));
                }
            }
        };
    }

    private Solution moments(Map<String, Tensor> members, TensorAllocator memory) {
        Map<String, Tensor> mean = new LinkedHashMap<>();
        Map<String, Tensor> std = new LinkedHashMap<>();
        members.forEach((field, each) -> {
            EnsembleMoments moments = EnsembleMoments.of(each, memory);
            mean.put(field, moments.mean());
            std.put(field, moments.std());
        });
        return new Solution(mean, std, eachMember ? members : Map.of(), () -> {});
    }

    private List<Solution> split(Solution whole, Scope scope) {
        AtomicInteger holders = new AtomicInteger(cases.size());
        Runnable release = () -> {
            if (holders.decrementAndGet() == 0) {
                scope.close();
            }
        };
        List<Solution> solutions = new ArrayList<>();
        long first = 0;
        for (int count : cases) {
            long from = first;
            long to = first + count;
            solutions.add(new Solution(
                    slices(whole.mean(), from, to), slices(whole.std(), from, to), whole.members(), release));
            first = to;
        }
        return solutions;
    }

    private static Map<String, Tensor> slices(Map<String, Tensor> fields, long from, long to) {
        Map<String, Tensor> slices = new LinkedHashMap<>();
        fields.forEach((name, tensor) -> slices.put(name, tensor.batchSlice(from, to)));
        return slices;
    }
}
