package io.fieldserve.codec;

import io.fieldserve.prediction.InputContract;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.TensorAllocator;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;

/** {@code application/octet-stream}: one field as little-endian {@code float32} in C order, its shape told apart. */
public final class RawDecoder implements InputDecoder {
    private final Shape announced;

    public RawDecoder(Shape announced) {
        this.announced = announced;
    }

    @Override
    public DecodedInputs decode(
            InputStream body, OptionalLong contentLength, InputContract contract, TensorAllocator allocator) {
        String field = InputCollector.soleField(contract, "a raw body");
        Admission admission = Admission.of(contract, field, announced);
        ElementReader reader = new ElementReader(field, NumberFormat.RAW, false, contract.finiteOnly(field));
        return new DecodedInputs(List.of(reader.read(new BodyInput(body, contentLength), admission, allocator)));
    }
}
