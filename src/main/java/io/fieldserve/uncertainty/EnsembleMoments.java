package io.fieldserve.uncertainty;

import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import io.fieldserve.tensor.TensorAllocator;
import java.nio.FloatBuffer;
import java.util.Arrays;

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
    private static final int STRETCH = 512;

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

    /** Takes a stretch of points at a time from every member: memory is read in order, and loops become vectors. */
    private static void compute(FloatBuffer members, int count, FloatBuffer mean, FloatBuffer std) {
        int points = mean.capacity();
        float[] values = new float[Math.min(STRETCH, points)];
        double[] centres = new double[values.length];
        double[] squares = new double[values.length];
        for (int start = 0; start < points; start += STRETCH) {
            int length = Math.min(STRETCH, points - start);
            Arrays.fill(centres, 0);
            Arrays.fill(squares, 0);
            for (int member = 0; member < count; member++) {
                members.get(member * points + start, values, 0, length);
                add(values, centres);
            }
            for (int i = 0; i < length; i++) {
                centres[i] /= count;
                values[i] = (float) centres[i];
            }
            mean.put(start, values, 0, length);
            for (int member = 0; member < count; member++) {
                members.get(member * points + start, values, 0, length);
                addSquares(values, centres, squares);
            }
            for (int i = 0; i < length; i++) {
                values[i] = count == 1 ? 0f : (float) Math.sqrt(squares[i] / (count - 1));
            }
            std.put(start, values, 0, length);
        }
    }

    private static void add(float[] values, double[] sums) {
        for (int i = 0; i < values.length; i++) {
            sums[i] += values[i];
        }
    }

    private static void addSquares(float[] values, double[] centres, double[] squares) {
        for (int i = 0; i < values.length; i++) {
            double deviation = values[i] - centres[i];
            squares[i] += deviation * deviation;
        }
    }

    @Override
    public void close() {
        mean.close();
        std.close();
    }
}
