package io.fieldserve.fuzz;

import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import io.fieldserve.tensor.DataType;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.SlabLimitException;
import io.fieldserve.tensor.SlabPool;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.tensor.TensorAllocator;
import java.util.Optional;

/** The memory of a target, which is all back after each run. */
public final class FuzzMemory implements TensorAllocator {

    private static final long RETAINED = 8 << 20;
    private static final long LIMIT = 256 << 20;

    private final SlabPool pool = new SlabPool(RETAINED, LIMIT);

    @Override
    public Tensor allocate(DataType type, Shape shape) {
        return pool.allocate(type, shape);
    }

    /** Something that takes an input, and may refuse it. */
    @FunctionalInterface
    public interface Attempt {
        void run() throws Exception;
    }

    /**
     * Runs it to its end, or until it refuses its input in one of the ways that callers are told of; then nothing is held.
     *
     * @return why it was refused
     */
    public Optional<Failure> refusal(Attempt attempt) throws Exception {
        try {
            attempt.run();
            return Optional.empty();
        } catch (FailureException e) {
            // Each has a sentence, which is what callers get.
            FuzzTarget.require(!e.failure().detail().isEmpty(), "says why");
            return Optional.of(e.failure());
        } catch (SlabLimitException e) {
            return Optional.of(new Failure.TooLarge("", "less", e.getMessage()));
        } finally {
            FuzzTarget.require(pool.outstandingSlabs() == 0, "gives back all memory");
        }
    }
}
