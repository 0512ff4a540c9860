package io.fieldserve.codec;

import io.fieldserve.prediction.Failure;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.OptionalLong;
import java.util.zip.ZipException;

/** The bytes of a request body, with their position, and a way to put back what was read too far. */
final class BodyInput implements ByteInput {
    private final InputStream body;
    private final OptionalLong length;
    private byte[] unread = new byte[0];
    private int unreadStart;
    private int unreadEnd;
    private long position;

    BodyInput(InputStream body, OptionalLong length) {
        this.body = body;
        this.length = length;
    }

    /** What a failing stream means: content that its encoding says is damaged or cut short, or a broken transport. */
    static RuntimeException failure(IOException exception) {
        if (exception instanceof EOFException
                || exception instanceof ZipException
                || exception instanceof CharConversionException) {
            return new Failure.MalformedBody("", "a complete body", "one that is cut short or damaged").asException();
        }
        return new UncheckedIOException(exception);
    }

    @Override
    public int read(byte[] target, int offset, int count) {
        int read = unreadStart < unreadEnd ? readAgain(target, offset, count) : readOn(target, offset, count);
        position += Math.max(0, read);
        return read;
    }

    @Override
    public OptionalLong remaining() {
        return length.isPresent() ? OptionalLong.of(Math.max(0, length.getAsLong() - position)) : length;
    }

    /** The number of bytes read and not put back. */
    long position() {
        return position;
    }

    /** Puts back the last bytes read, which must not change until they have been read again. */
    void unread(byte[] bytes, int offset, int count) {
        if (unreadStart < unreadEnd) {
            throw new IllegalStateException("Bytes that were put back earlier are still unread");
        }
        unread = bytes;
        unreadStart = offset;
        unreadEnd = offset + count;
        position -= count;
    }

    private int readAgain(byte[] target, int offset, int count) {
        int available = Math.min(count, unreadEnd - unreadStart);
        System.arraycopy(unread, unreadStart, target, offset, available);
        unreadStart += available;
        return available;
    }

    private int readOn(byte[] target, int offset, int count) {
        try {
            return body.read(target, offset, count);
        } catch (IOException e) {
            throw failure(e);
        }
    }
}
