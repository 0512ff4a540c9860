package io.fieldserve.uncertainty;

import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.tensor.TensorAllocator;
import java.nio.FloatBuffer;

/**
 * Mean and sample standard deviation (n - 1) over the members, at each point.
 *
 * <p>Both are taken in two passes in double precision: the members agree in most of their digits, and the textbook
 * difference of squares would leave nothing of a small std.
 *
 * @param mean same shape as one member's solution
 * @param std likewise; zero everywhere for a single member, for which it says nothing
 */
public record EnsembleMoments(Tensor mean, Tensor std) implements AutoCloseable {

    /**
     * Takes the moments over the first axis.
     *
     * @param members {@code [M, B, C, axes...]} with at least one member; still the caller's afterwards
     * @return new tensors {@code [B, C, axes...]}, which the caller closes
     */
    public static EnsembleMoments of(Tensor members, TensorAllocator allocator) {
        Shape shape = members.shape().drop(0, 1);
        Tensor mean = allocator.allocate(members.dataType(), shape);
        Tensor std = allocator.allocate(members.dataType(), shape);
        compute(members.floats(), Math.toIntExact(members.shape().dim(0)), mean.floats(), std.floats());
        return new EnsembleMoments(mean, std);
    }

    private static void compute(FloatBuffer members, int count, FloatBuffer mean, FloatBuffer std) {
        int points = mean.capacity();
        for (int point = 0; point < points; point++) {
            double sum = 0;
            for (int member = 0; member < count; member++) {
                sum += members.get(member * points + point);
            }
            double centre = sum / count;
            double squares = 0;
            for (int member = 0; member < count; member++) {
                double deviation = members.get(member * points + point) - centre;
                squares += deviation * deviation;
            }
            mean.put(point, (float) centre);
            std.put(point, count == 1 ? 0f : (float) Math.sqrt(squares / (count - 1)));
        }
    }

    @Override
    public void close() {
        mean.close();
        std.close();
    }
}
