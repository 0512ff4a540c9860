package io.fieldserve.codec;

import com.fasterxml.jackson.core.JsonParser;
import io.fieldserve.prediction.InputContract;
import io.fieldserve.tensor.TensorAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/**
 * {@code application/json}: {@code {"inputs": {"<field>": <array>}}}, where an array is nested arrays of numbers, or
 * {@code {"shape": [...], "data": <flat or nested array>}} with its two members in either order.
 *
 * <p>Each number is rounded once, to the nearest {@code float32}. The literals {@code NaN}, {@code Infinity} and
 * {@code -Infinity}, which aren't JSON but are written by many libraries, are read as numbers, so that they are taken
 * where the contract allows them and are named with their index where it doesn't.
 */
public record JsonDecoder(Json json) implements InputDecoder {

    /** Within the default limits. */
    public JsonDecoder() {
        this(Json.DEFAULT);
    }

    @Override
    public DecodedInputs decode(
            InputStream body, OptionalLong contentLength, InputContract contract, TensorAllocator allocator) {
        try (InputCollector collector = new InputCollector(contract);
                JsonParser parser = json.parser(body)) {
            JsonMemory memory = new JsonMemory(allocator, contentLength);
            new JsonInputs(parser, new JsonFieldReader(parser, contract, memory), collector).read();
            return collector.complete();
        } catch (IOException e) {
            throw Json.failure(e);
        }
    }
}
