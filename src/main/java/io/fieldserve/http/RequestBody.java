package io.fieldserve.http;

import io.fieldserve.codec.InputDecoder;
import io.fieldserve.codec.Json;
import io.fieldserve.codec.JsonDecoder;
import io.fieldserve.codec.NpyDecoder;
import io.fieldserve.codec.NpzDecoder;
import io.fieldserve.codec.RawDecoder;
import io.fieldserve.prediction.Failure;
import io.fieldserve.tensor.Shape;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Arrays;
import java.util.Optional;

/** Picks the decoder for the body of a prediction. */
final class RequestBody {

    static final String SHAPE_HEADER = "Fieldserve-Shape";
    static final String SHAPE_PARAMETER = "shape";

    private final HttpHeaders headers;
    private final QueryOptions query;
    private final Json json;

    RequestBody(HttpHeaders headers, QueryOptions query, Json json) {
        this.headers = headers;
        this.query = query;
        this.json = json;
    }

    /**
     * The decoder that the body's type asks for.
     *
     * @throws NotSupportedException there is none
     */
    InputDecoder decoder() {
        BodyFormat format = BodyFormat.of(headers.getMediaType());
        if (format != BodyFormat.RAW && query.text(SHAPE_PARAMETER).isPresent()) {
            throw QueryOptions.invalid(SHAPE_PARAMETER, "none, as this body tells its own shape", "one");
        }
        return switch (format) {
            case JSON -> new JsonDecoder(json);
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
