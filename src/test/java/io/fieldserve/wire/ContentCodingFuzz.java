package io.fieldserve.wire;

import static io.fieldserve.fuzz.FuzzTarget.require;

import io.fieldserve.fuzz.FuzzMemory;
import io.fieldserve.fuzz.FuzzTarget;
import io.fieldserve.prediction.Failure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/** Compressed bodies, inflated under their limit; and the input itself, compressed and inflated again. */
public final class ContentCodingFuzz implements FuzzTarget {

    private static final BodyLimit LIMIT = new BodyLimit(1 << 16, Duration.ofHours(1));

    private final FuzzMemory memory = new FuzzMemory();

    /** What came out, if all of it did. */
    private record Inflated(boolean whole, ByteBuffer content) {
        static final Inflated NOT = new Inflated(false, ByteBuffer.allocate(0));
    }

    @Override
    public void run(byte[] input) throws Exception {
        for (ContentCoding coding : List.of(ContentCoding.DEFLATE, ContentCoding.GZIP)) {
            Inflated whole = inflate(coding, input, 1 << 13);
            require(whole.content().remaining() <= LIMIT.bytes(), "no more than the limit");
            require(whole.equals(inflate(coding, input, 7)), "in pieces as at once");
        }
        for (ContentCoding coding : ContentCoding.values()) {
            Inflated again = inflate(coding, compress(coding, input), 1 << 13);
            require(again.equals(new Inflated(true, ByteBuffer.wrap(input))), coding + " keeps every byte");
        }
    }

    private Inflated inflate(ContentCoding coding, byte[] body, int piece) throws Exception {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        boolean[] damaged = {false};
        Optional<Failure> refusal = memory.refusal(() -> {
            try (InputStream inflated = coding.from(LIMIT.bounded(new ByteArrayInputStream(body)))) {
                InputStream bounded = LIMIT.bounded(inflated);
                byte[] buffer = new byte[piece];
                for (int read = bounded.read(buffer); read >= 0; read = bounded.read(buffer)) {
                    content.write(buffer, 0, read);
                }
            } catch (ZipException | EOFException e) {
                // What decoders take for a damaged body.
                damaged[0] = true;
            }
        });
        require(refusal.stream().allMatch(Failure.TooLarge.class::isInstance), "what came is at most too large");
        // How much is passed on before a refusal depends on the pieces, and so does what is met first.
        return refusal.isPresent() || damaged[0]
                ? Inflated.NOT
                : new Inflated(true, ByteBuffer.wrap(content.toByteArray()));
    }

    private static byte[] compress(ContentCoding coding, byte[] content) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream target = coding.into(compressed)) {
            target.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    @Override
    public Stream<byte[]> seeds() {
        byte[] text = "{\"inputs\": {\"a\": [[1, 2], [3, 4]]}}".getBytes(StandardCharsets.UTF_8);
        return Stream.of(text, new byte[1 << 15], new byte[1 << 17])
                .flatMap(content ->
                        Stream.of(compress(ContentCoding.DEFLATE, content), compress(ContentCoding.GZIP, content)));
    }
}
