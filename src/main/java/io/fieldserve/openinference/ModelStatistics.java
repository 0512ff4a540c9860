package io.fieldserve.openinference;

import java.util.List;

/**
 * The statistics extension's account of one version. All times are sums.
 *
 * @param lastInference milliseconds since the epoch; 0 if there was none
 * @param inferenceCount cases answered
 * @param executionCount batches run
 * @param batchStats one entry for each size of batch that ran
 */
public record ModelStatistics(
        String name,
        String version,
        long lastInference,
        long inferenceCount,
        long executionCount,
        InferenceStatistics inferenceStats,
        List<BatchStatistics> batchStats) {

    public ModelStatistics {
        batchStats = List.copyOf(batchStats);
    }

    /** How often, and how long in all. */
    public record Spent(long count, long ns) {
        static final Spent NOTHING = new Spent(0, 0);

        Spent plus(Spent other) {
            return new Spent(count + other.count, ns + other.ns);
        }
    }

    /**
     * Requests, by how they went and what they went through.
     *
     * @param success from the decoded request to the prediction
     * @param queue waiting for a batch to begin
     * @param computeInput nothing: inputs are decoded while they arrive
     * @param computeInfer in the batch
     * @param computeOutput from the batch's end to the prediction: intervals and trust
     * @param cacheHit nothing: there is no cache of answers
     */
    public record InferenceStatistics(
            Spent success,
            Spent fail,
            Spent queue,
            Spent computeInput,
            Spent computeInfer,
            Spent computeOutput,
            Spent cacheHit,
            Spent cacheMiss) {}

    /** Batches of one size. */
    public record BatchStatistics(long batchSize, Spent computeInput, Spent computeInfer, Spent computeOutput) {}
}
