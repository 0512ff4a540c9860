package io.fieldserve.uncertainty;

import static io.fieldserve.surrogate.FieldArrays.numbers;
import static io.fieldserve.surrogate.FieldArrays.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fieldserve.surrogate.FieldArrays;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.SlabPool;
import io.fieldserve.tensor.Tensor;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnsembleMomentsTest {
    private static final MathContext EXACT = MathContext.DECIMAL128;

    private final SlabPool slabs = FieldArrays.poisonedSlabs();

    @AfterEach
    void allMemoryIsBack() {
        assertThat(slabs.outstandingSlabs()).isZero();
    }

    @Test
    void takesMeanAndSampleStandardDeviationOverTheMembers() {
        // Given
        Tensor members = tensor(slabs, Shape.of(3, 1, 1, 2), 1, 2, 2, 4, 6, 0);

        // When
        EnsembleMoments moments = EnsembleMoments.of(members, slabs);

        // Then
        assertThat(moments.mean().shape()).isEqualTo(Shape.of(1, 1, 2));
        assertThat(moments.std().shape()).isEqualTo(Shape.of(1, 1, 2));
        assertThat(numbers(moments.mean())).containsExactly(3, 2);
        // Squared deviations 4 + 1 + 9 and 0 + 4 + 4, over n - 1 = 2.
        assertThat(numbers(moments.std())).containsExactly((float) Math.sqrt(7), 2);
        moments.close();
        members.close();
    }

    @Test
    void keepsTheStandardDeviationOfMembersThatAgreeInAllButTheirLastDigit() {
        // Given
        float ulp = Math.ulp(1_234_567f);
        Tensor members = tensor(slabs, Shape.of(3, 1), 1_234_567f, 1_234_567f + ulp, 1_234_567f + 2 * ulp);

        // When
        EnsembleMoments moments = EnsembleMoments.of(members, slabs);

        // Then
        assertThat(numbers(moments.mean())).containsExactly(1_234_567f + ulp);
        assertThat(numbers(moments.std())).containsExactly(ulp);
        moments.close();
        members.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void agreesWithExactArithmeticToTheLastBitOfAFloat(long seed) {
        // Given members that agree in six digits
        Random random = new Random(seed);
        int count = 5;
        int points = 2 * 2 * 3 * 4;
        float[] solutions = new float[count * points];
        for (int i = 0; i < solutions.length; i++) {
            float common = (i % points - 20) * 37.25f;
            solutions[i] = common * (1 + 1e-6f * (float) random.nextGaussian()) + 1e-6f * random.nextFloat();
        }
        Tensor members = tensor(slabs, Shape.of(count, 2, 2, 3, 4), solutions);

        // When
        EnsembleMoments moments = EnsembleMoments.of(members, slabs);

        // Then
        float[] means = numbers(moments.mean());
        float[] stds = numbers(moments.std());
        for (int point = 0; point < points; point++) {
            BigDecimal mean = exactMean(solutions, point, count, points);
            float std = exactStd(solutions, mean, point, count, points);
            assertThat(means[point]).isCloseTo(mean.floatValue(), within(Math.ulp(means[point])));
            assertThat(stds[point]).isPositive().isCloseTo(std, within(Math.ulp(std)));
        }
        moments.close();
        members.close();
    }

    @Test
    void givesASingleMemberNoSpread() {
        // Given
        Tensor members = tensor(slabs, Shape.of(1, 2, 1, 2), 1, -2, 3, 4);

        // When
        EnsembleMoments moments = EnsembleMoments.of(members, slabs);

        // Then
        assertThat(numbers(moments.mean())).containsExactly(1, -2, 3, 4);
        assertThat(numbers(moments.std())).containsOnly(0);
        moments.close();
        members.close();
    }

    private static BigDecimal exactMean(float[] solutions, int point, int count, int points) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int member = 0; member < count; member++) {
            sum = sum.add(new BigDecimal(solutions[member * points + point]));
        }
        return sum.divide(BigDecimal.valueOf(count), EXACT);
    }

    private static float exactStd(float[] solutions, BigDecimal mean, int point, int count, int points) {
        BigDecimal squares = BigDecimal.ZERO;
        for (int member = 0; member < count; member++) {
            BigDecimal deviation = new BigDecimal(solutions[member * points + point]).subtract(mean);
            squares = squares.add(deviation.pow(2));
        }
        return squares.divide(BigDecimal.valueOf(count - 1L), EXACT).sqrt(EXACT).floatValue();
    }
}
