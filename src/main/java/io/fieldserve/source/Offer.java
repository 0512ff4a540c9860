package io.fieldserve.source;

import java.io.IOException;

/**
 * What a source has at one moment.
 *
 * @param revision a file name that differs whenever what there is does
 */
record Offer(String revision, Transfer transfer) {

    @FunctionalInterface
    interface Transfer {
        /**
         * Fetches all of it.
         *
         * @throws IOException it did not come whole, or is not what it should be; what came by then is of no use
         */
        void fetch(Staging staging) throws IOException, InterruptedException;
    }
}
