package io.fieldserve.uncertainty;

import io.fieldserve.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.List;

/**
 * How much the members disagree on one case, ||std|| / ||mean||, as a score of how strange its input is: members agree
 * where they were trained and part company elsewhere.
 */
public final class EnsembleSpread {

    private EnsembleSpread() {}

    /**
     * The score of each case of a batch, {@code [B, ...]} to B values. NaN where the mean is zero everywhere, or either
     * holds values that are not finite.
     */
    public static double[] ofEachCase(Tensor mean, Tensor std) {
        int cases = Math.toIntExact(mean.shape().dim(0));
        double[] scores = new double[cases];
        for (int item = 0; item < cases; item++) {
            double centre = norm(mean, item);
            double score = norm(std, item) / centre;
            scores[item] = Double.isFinite(centre) && Double.isFinite(score) ? score : Double.NaN;
        }
        return scores;
    }

    private static double norm(Tensor tensor, int item) {
        FloatBuffer values = tensor.floats();
        int points = values.capacity() / Math.toIntExact(tensor.shape().dim(0));
        double squares = 0;
        for (int point = item * points; point < (item + 1) * points; point++) {
            double value = values.get(point);
            squares += value * value;
        }
        return Math.sqrt(squares);
    }

    /**
     * Conformal p-value of a score: (1 + number of calibration scores at least as large) / (n + 1) (Bates et al. 2023,
     * doi 10.1214/22-AOS2244, equation 2). Under the training distribution it is at most t with probability at most t.
     *
     * @param calibrationScores ascending
     */
    public static double pValue(double score, List<Double> calibrationScores) {
        int cases = calibrationScores.size();
        if (Double.isNaN(score)) {
            return 1.0 / (cases + 1);
        }
        int below = firstNotLess(calibrationScores, score);
        return (1.0 + cases - below) / (cases + 1);
    }

    private static int firstNotLess(List<Double> ascending, double score) {
        int found = Collections.binarySearch(ascending, score);
        int index = found >= 0 ? found : -found - 1;
        while (index > 0 && ascending.get(index - 1) >= score) {
            index--;
        }
        return index;
    }
}
