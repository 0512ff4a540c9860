package io.fieldserve.codec;

import io.fieldserve.GridBenchmark;
import io.fieldserve.prediction.InputContract;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.OptionalLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** One array in and out as numpy and raw bytes have it. */
public class BinaryBenchmark extends GridBenchmark {
    @Param({"NPY", "NPZ", "RAW"})
    String type;

    private final ByteArrayOutputStream target = new ByteArrayOutputStream();
    private BodyFormat format;
    private Shape shown;
    private InputContract contract;
    private Tensor field;
    private byte[] body;

    @Setup
    public void prepare() {
        format = BodyFormat.valueOf(type);
        shown = grid();
        contract = GridContract.boundless("a").withRank(shown.rank());
        field = field();
        body = format.encode(field, shown);
    }

    @Benchmark
    public void decode() {
        format.decoder(shown)
                .decode(new ByteArrayInputStream(body), OptionalLong.of(body.length), contract, slabs)
                .close();
    }

    @Benchmark
    public void encode() throws IOException {
        target.reset();
        format.write(target, field, shown);
    }
}
