package io.fieldserve.wire;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.OptionalLong;

/**
 * The body of a request as it is to be decoded. It is held to its limit, from its header before a byte is read; one that
 * is compressed is held to it twice: as it comes and as it inflates.
 */
public final class RequestContent {

    private final String coding;
    private final BodyLimit limit;
    private final OptionalLong length;

    public RequestContent(HttpHeaders headers, BodyLimit limit) {
        this.coding = headers.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        this.limit = limit;
        String announced = headers.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        this.length = announced == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(announced));
    }

    /** Makes something of a content that is read while it arrives. */
    @FunctionalInterface
    public interface Decoder<T> {

        /**
         * Decodes.
         *
         * @param content to be read on a virtual thread
         * @param length of the content, where it is known
         */
        T decode(InputStream content, OptionalLong length);
    }

    /**
     * The announced length; zero where none is announced, as memory is taken only as bytes arrive.
     *
     * @throws io.fieldserve.prediction.FailureException it is over the limit
     */
    public long bytes() {
        limit.check(length);
        return length.orElse(0);
    }

    /**
     * Decodes the body of an exchange.
     *
     * @throws UnsupportedCodingException it is compressed in a way that isn't read
     */
    public <T> T decode(RoutingContext exchange, Decoder<T> decoder) {
        ContentCoding known = ContentCoding.ofRequest(coding).orElseThrow(() -> new UnsupportedCodingException(coding));
        InputStream body = limit.bounded(ArrivingBody.of(exchange));
        if (known == ContentCoding.IDENTITY) {
            return decoder.decode(body, length);
        }
        try (InputStream content = known.from(body)) {
            return decoder.decode(limit.bounded(content), OptionalLong.empty());
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is closed but memory", e);
        }
    }
}
