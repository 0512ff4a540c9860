package io.fieldserve.codec;

import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.InputContract;
import io.fieldserve.tensor.TensorAllocator;

/** Reads one NPY array, a whole body or an entry of an archive, as an input field. */
final class NpyArray {
    private NpyArray() {}

    static DecodedField read(ByteInput input, String field, InputContract contract, TensorAllocator allocator) {
        NpyHeader header = NpyHeader.read(input, field);
        NumberFormat format = NumberFormat.named(header.descr())
                .orElseThrow(() -> new Failure.MalformedBody(
                                field,
                                "an array of float32 numbers, or of numbers that convert to it",
                                "dtype " + Excerpt.quoted(header.descr()))
                        .asException());
        Admission admission = Admission.of(contract, field, header.dimensions());
        return new ElementReader(field, format, header.fortranOrder(), contract.finiteOnly(field))
                .read(input, admission, allocator);
    }
}
