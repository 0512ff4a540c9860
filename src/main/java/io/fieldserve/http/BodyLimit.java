package io.fieldserve.http;

import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/**
 * The most bytes a request body may have.
 *
 * @param bytes inclusive
 */
public record BodyLimit(long bytes) {

    /** Refuses a body whose announced length is over the limit. */
    void check(OptionalLong announced) {
        if (announced.isPresent() && announced.getAsLong() > bytes) {
            throw exceeded(announced.getAsLong() + " bytes");
        }
    }

    /** The body, refused once more than the limit has been read from it. */
    InputStream bounded(InputStream body) {
        return new Bounded(body);
    }

    private FailureException exceeded(String actual) {
        return new Failure.TooLarge("", "at most " + bytes + " bytes", actual).asException();
    }

    private final class Bounded extends FilterInputStream {
        private long remaining = bytes;

        Bounded(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(count);
            count(skipped);
            return skipped;
        }

        private void count(long read) {
            remaining -= read;
            if (remaining < 0) {
                throw exceeded("more");
            }
        }
    }
}
