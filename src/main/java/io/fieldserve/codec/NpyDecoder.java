package io.fieldserve.codec;

import io.fieldserve.prediction.InputContract;
import io.fieldserve.tensor.TensorAllocator;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;

/** {@code application/x-npy}: one field, as {@code numpy.save} writes it. */
public final class NpyDecoder implements InputDecoder {
    @Override
    public DecodedInputs decode(
            InputStream body, OptionalLong contentLength, InputContract contract, TensorAllocator allocator) {
        String field = InputCollector.soleField(contract, "an NPY body");
        BodyInput input = new BodyInput(body, contentLength);
        return new DecodedInputs(List.of(NpyArray.read(input, field, contract, allocator)));
    }
}
