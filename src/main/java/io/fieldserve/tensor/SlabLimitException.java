package io.fieldserve.tensor;

/** Thrown where more memory is asked for than a pool may give out for now. Nothing has been taken. */
public final class SlabLimitException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SlabLimitException(long asked, long outstanding, long limit) {
        super("A slab of " + asked + " bytes is over the limit of " + limit + " bytes in use at once, of which "
                + outstanding + " are");
    }
}
