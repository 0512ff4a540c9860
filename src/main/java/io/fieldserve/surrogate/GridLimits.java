package io.fieldserve.surrogate;

import java.util.List;

/**
 * The grids a surrogate takes, in points along each axis, slowest axis first.
 *
 * @param location where the points lie, such as "cell centres (i + 1/2) / N"
 * @param trained the grid of the training data
 */
public record GridLimits(String location, List<Integer> minimum, List<Integer> maximum, List<Integer> trained) {

    public GridLimits {
        minimum = List.copyOf(minimum);
        maximum = List.copyOf(maximum);
        trained = List.copyOf(trained);
    }
}
