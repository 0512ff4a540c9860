package io.fieldserve.uncertainty;

import io.fieldserve.tensor.Tensor;
import io.fieldserve.tensor.TensorAllocator;
import java.nio.FloatBuffer;

/**
 * The band mean ± scale · (std + floor) of split conformal prediction with the normalised error as score (Lei et al.
 * 2018, doi 10.1080/01621459.2017.1307116, section 5.2; for neural operators Gopakumar et al. 2024, arXiv 2408.09881).
 */
public record ConformalInterval(Tensor lower, Tensor upper) implements AutoCloseable {

    /**
     * The band around a mean.
     *
     * @param mean and {@code std} of one shape; still the caller's afterwards
     * @param scale calibrated for a level and a guarantee
     * @param floor added to std, in the field's unit
     * @return new tensors, which the caller closes
     */
    public static ConformalInterval around(
            Tensor mean, Tensor std, double scale, double floor, TensorAllocator allocator) {
        Tensor lower = allocator.allocate(mean.dataType(), mean.shape());
        Tensor upper = allocator.allocate(mean.dataType(), mean.shape());
        FloatBuffer centre = mean.floats();
        FloatBuffer spread = std.floats();
        FloatBuffer low = lower.floats();
        FloatBuffer high = upper.floats();
        for (int point = 0; point < centre.capacity(); point++) {
            double halfWidth = scale * (spread.get(point) + floor);
            low.put(point, (float) (centre.get(point) - halfWidth));
            high.put(point, (float) (centre.get(point) + halfWidth));
        }
        return new ConformalInterval(lower, upper);
    }

    @Override
    public void close() {
        lower.close();
        upper.close();
    }
}
