package io.fieldserve.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonGenerator;
import io.fieldserve.GridBenchmark;
import io.fieldserve.prediction.InputContract;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** One field in, and the four arrays of a prediction out. */
public class JsonBenchmark extends GridBenchmark {
    private static final int ARRAYS_OF_A_REPLY = 4;

    private Shape shown;
    private InputContract contract;
    private Tensor field;
    private byte[] floats;
    private byte[] doubles;

    @Setup
    public void prepare() {
        shown = grid();
        contract = GridContract.boundless("a").withRank(shown.rank());
        field = field();
        floats = BodyFormat.JSON.encode(field, shown);
        doubles = shapedDoubles();
    }

    /** Numbers as Python writes a float32 that it holds as a float64: with 16 or 17 digits. */
    private byte[] shapedDoubles() {
        FloatBuffer values = field.floats();
        String data = IntStream.range(0, values.capacity())
                .mapToObj(i -> Double.toString(values.get(i)))
                .collect(Collectors.joining(", ", "[", "]"));
        return "{\"inputs\": {\"a\": {\"shape\": %s, \"data\": %s}}}"
                .formatted(shown, data)
                .getBytes(US_ASCII);
    }

    @Benchmark
    public void decode() {
        decode(floats);
    }

    @Benchmark
    public void decodeDoubles() {
        decode(doubles);
    }

    private void decode(byte[] body) {
        new JsonDecoder()
                .decode(new ByteArrayInputStream(body), OptionalLong.of(body.length), contract, slabs)
                .close();
    }

    @Benchmark
    public void encode() throws IOException {
        encode(Precision.SHORTEST);
    }

    @Benchmark
    public void encodeFourDigits() throws IOException {
        encode(Precision.significant(4));
    }

    private void encode(Precision precision) throws IOException {
        try (JsonGenerator generator = Json.DEFAULT.factory().createGenerator(OutputStream.nullOutputStream())) {
            generator.writeStartArray();
            for (int i = 0; i < ARRAYS_OF_A_REPLY; i++) {
                JsonArrayEncoder.write(generator, field, shown, precision);
            }
            generator.writeEndArray();
        }
    }
}
