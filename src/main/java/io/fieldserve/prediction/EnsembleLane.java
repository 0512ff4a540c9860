package io.fieldserve.prediction;

import io.fieldserve.batching.BatchPolicy;
import io.fieldserve.batching.BatchRun;
import io.fieldserve.batching.Lane;
import io.fieldserve.repository.SurrogateVersion;
import io.fieldserve.surrogate.Ensemble;
import io.fieldserve.surrogate.EnsembleQuery;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.tensor.TensorAllocator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Predictions that one run can make together: by the same members, on the same grid. Each surrogate version is a flow.
 * Equal where ensemble, query, policy and the inputs' shapes beside the batch are equal.
 */
final class EnsembleLane implements Lane<LaneRequest, Solution> {
    private final Ensemble ensemble;
    private final EnsembleQuery query;
    private final Map<String, Shape> caseShapes;
    private final BatchPolicy policy;
    private final TensorAllocator allocator;
    private final Trails trails;

    EnsembleLane(
            SurrogateVersion version,
            EnsembleQuery query,
            Map<String, Tensor> inputs,
            BatchPolicy policy,
            TensorAllocator allocator,
            Trails trails) {
        this.ensemble = version.ensemble();
        this.query = query;
        this.caseShapes = inputs.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, input -> input.getValue().shape().drop(0, 1)));
        // The solutions of the members lie members first, so those of one request among others would have to be
        // gathered; and a graph with a batch of its own takes no other.
        this.policy = query.eachMember() || version.manifest().batch().isPresent() ? policy.alone() : policy;
        this.allocator = allocator;
        this.trails = trails;
    }

    @Override
    public Object flow() {
        return ensemble;
    }

    @Override
    public BatchPolicy policy() {
        return policy;
    }

    @Override
    public int threadsPerPart() {
        return ensemble.threadsPerPart();
    }

    @Override
    public BatchRun<Solution> start(List<LaneRequest> requests) {
        return EnsembleBatch.start(ensemble, query, requests, allocator, trails);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EnsembleLane lane
                && ensemble.equals(lane.ensemble)
                && query.equals(lane.query)
                && policy.equals(lane.policy)
                && caseShapes.equals(lane.caseShapes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(ensemble, query, policy, caseShapes);
    }
}
