package io.fieldserve.http;

import io.fieldserve.codec.DecodedInputs;
import io.fieldserve.codec.GzipInput;
import io.fieldserve.codec.InputDecoder;
import io.fieldserve.codec.JsonDecoder;
import io.fieldserve.codec.NpyDecoder;
import io.fieldserve.codec.NpzDecoder;
import io.fieldserve.codec.RawDecoder;
import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.InputContract;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.TensorAllocator;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Picks the decoder for a body and holds the body to its limit, from its header before a byte is read. A gzipped body
 * is held to it twice: as it comes and as it inflates.
 */
final class RequestBody {

    static final String SHAPE_HEADER = "Fieldserve-Shape";
    static final String SHAPE_PARAMETER = "shape";
    static final String GZIP = "gzip";

    private final HttpHeaders headers;
    private final QueryOptions query;
    private final BodyLimit limit;
    private final OptionalLong length;

    RequestBody(HttpHeaders headers, QueryOptions query, BodyLimit limit) {
        this.headers = headers;
        this.query = query;
        this.limit = limit;
        String announced = headers.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        this.length = announced == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(announced));
    }

    /**
     * The announced length; zero where none is announced, as memory is taken only as bytes arrive.
     *
     * @throws io.fieldserve.prediction.FailureException it is over the limit
     */
    long bytes() {
        limit.check(length);
        return length.orElse(0);
    }

    DecodedInputs decode(InputStream body, InputContract contract, TensorAllocator allocator) {
        String encoding = headers.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        if (!isReadable(encoding)) {
            throw new NotSupportedException();
        }
        InputDecoder decoder = decoder();
        InputStream bounded = limit.bounded(body);
        if (!GZIP.equalsIgnoreCase(encoding)) {
            return decoder.decode(bounded, length, contract, allocator);
        }
        try (GzipInput content = new GzipInput(bounded)) {
            return decoder.decode(limit.bounded(content), OptionalLong.empty(), contract, allocator);
        }
    }

    /** Whether a body with this Content-Encoding, null if there is none, is read. */
    static boolean isReadable(String contentEncoding) {
        return contentEncoding == null
                || contentEncoding.equalsIgnoreCase("identity")
                || contentEncoding.equalsIgnoreCase(GZIP);
    }

    private InputDecoder decoder() {
        BodyFormat format = BodyFormat.of(headers.getMediaType());
        if (format != BodyFormat.RAW && query.text(SHAPE_PARAMETER).isPresent()) {
            throw QueryOptions.invalid(SHAPE_PARAMETER, "none, as this body tells its own shape", "one");
        }
        return switch (format) {
            case JSON -> new JsonDecoder();
            case NPY -> new NpyDecoder();
            case NPZ -> new NpzDecoder();
            case RAW -> new RawDecoder(shape());
        };
    }

    private Shape shape() {
        String text = query.text(SHAPE_PARAMETER)
                .or(() -> Optional.ofNullable(headers.getHeaderString(SHAPE_HEADER)))
                .orElseThrow(() -> invalidShape("none"));
        try {
            return Shape.of(Arrays.stream(text.split(",", -1))
                    .mapToLong(dim -> QueryOptions.wholeNumber(dim.strip()))
                    .toArray());
        } catch (ArithmeticException e) {
            throw new Failure.TooLarge("", "a shape of fewer than 2^63 elements", "shape '" + text + "'").asException();
        } catch (IllegalArgumentException e) {
            throw invalidShape("'" + text + "'");
        }
    }

    private static RuntimeException invalidShape(String actual) {
        return QueryOptions.invalid(
                SHAPE_PARAMETER,
                "the shape of the raw array, such as 64,64, here or in the header " + SHAPE_HEADER,
                actual);
    }
}
