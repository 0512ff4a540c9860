package io.fieldserve.wire;

import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.zip.ZipException;

/**
 * What a request body may cost.
 *
 * @param bytes its size, inclusive
 * @param time from its first byte to its last
 */
public record BodyLimit(long bytes, Duration time) {

    public BodyLimit {
        if (bytes < 1 || !time.isPositive()) {
            throw new IllegalArgumentException(
                    "a body needs at least a byte and some time, not %d and %s".formatted(bytes, time));
        }
    }

    /** Refuses a body whose announced length is over the limit. */
    void check(OptionalLong announced) {
        if (announced.isPresent() && announced.getAsLong() > bytes) {
            throw exceeded(announced.getAsLong() + " bytes");
        }
    }

    /** The body, refused once more than the limit has been read from it or it comes too slowly or not at all. */
    InputStream bounded(InputStream body) {
        return new Bounded(body);
    }

    private FailureException exceeded(String actual) {
        return new Failure.TooLarge("", "at most " + bytes + " bytes", actual).asException();
    }

    private final class Bounded extends FilterInputStream {
        private final long deadline = System.nanoTime() + time.toNanos();
        private long remaining = bytes;

        Bounded(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                int read = super.read(target, offset, length);
                count(Math.max(read, 0));
                return read;
            } catch (ZipException | EOFException e) {
                // The body came, but what it is compressed to is damaged.
                throw e;
            } catch (IOException e) {
                throw new Failure.BodyNotReceived(String.valueOf(e.getMessage())).asException();
            }
        }

        private void count(int read) {
            remaining -= read;
            if (remaining < 0) {
                throw exceeded("more");
            }
            if (System.nanoTime() > deadline) {
                throw new Failure.BodyNotReceived("it took more than " + time.toSeconds() + " s").asException();
            }
        }
    }
}
