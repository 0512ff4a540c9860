package io.fieldserve.codec;

import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.InputContract;
import io.fieldserve.tensor.Shape;
import java.util.List;

/** Fields of one channel on a grid: {@code [space...]}, {@code [C, space...]} or {@code [B, C, space...]}. */
record GridContract(List<String> fieldNames, int spaceRank, long gridLimit, long batchLimit, boolean finite)
        implements InputContract {
    /** Two-dimensional fields of up to 128 x 128 points, at most 8 in a batch, all finite. */
    static GridContract of(String... names) {
        return new GridContract(List.of(names), 2, 128, 8, true);
    }

    /** The same for a grid of any size. */
    static GridContract boundless(String... names) {
        return new GridContract(List.of(names), 2, Long.MAX_VALUE, Long.MAX_VALUE, true);
    }

    GridContract withRank(int rank) {
        return new GridContract(fieldNames, rank, gridLimit, batchLimit, finite);
    }

    GridContract allowingNonFinite() {
        return new GridContract(fieldNames, spaceRank, gridLimit, batchLimit, false);
    }

    @Override
    public Shape admit(String field, Shape announced) {
        int missing = spaceRank + 2 - announced.rank();
        if (missing < 0 || missing > 2) {
            throw new Failure.InvalidInput(field, spaceRank + " dimensions of space", "shape " + announced)
                    .asException();
        }
        Shape full = announced.prepend(missing == 2 ? new long[] {1, 1} : missing == 1 ? new long[] {1} : new long[0]);
        if (full.dim(1) != 1) {
            throw new Failure.InvalidInput(field, "1 channel", full.dim(1) + " channels").asException();
        }
        for (int axis = 2; axis < full.rank(); axis++) {
            requireAtMost(field, gridLimit, full.dim(axis), "points along an axis");
        }
        requireAtMost(field, batchLimit, full.dim(0), "in a batch");
        return full;
    }

    @Override
    public int maximumRank(String field) {
        return spaceRank + 2;
    }

    @Override
    public long maximumElements(String field) {
        if (gridLimit == Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        long elements = batchLimit;
        for (int axis = 0; axis < spaceRank; axis++) {
            elements *= gridLimit;
        }
        return elements;
    }

    @Override
    public boolean finiteOnly(String field) {
        return finite;
    }

    private static void requireAtMost(String field, long limit, long actual, String what) {
        if (actual > limit) {
            throw new Failure.TooLarge(field, "at most " + limit + " " + what, Long.toString(actual)).asException();
        }
    }
}
