package io.fieldserve.openinference.rest;

import io.fieldserve.codec.DecodedInputs;
import io.fieldserve.codec.FieldArrays;
import io.fieldserve.codec.FieldArrays.Announced;
import io.fieldserve.codec.InputCollector;
import io.fieldserve.openinference.Datatype;
import io.fieldserve.openinference.InferQuery;
import io.fieldserve.openinference.ModelMetadata;
import io.fieldserve.openinference.Parameters;
import io.fieldserve.prediction.Failure;
import io.fieldserve.prediction.FailureException;
import io.fieldserve.prediction.InputContract;
import io.fieldserve.tensor.TensorAllocator;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A body without JSON, which is the elements of the only input of a model, for a batch of one. Its length gives the one
 * dimension that may vary.
 */
final class RawMode {

    private RawMode() {}

    static InferRequest read(
            ModelMetadata model,
            InputContract contract,
            TensorAllocator allocator,
            InputStream content,
            OptionalLong length) {
        String field = InputCollector.soleField(contract, "a body without JSON");
        if (length.isEmpty()) {
            throw malformed(field, "a body of known length, not compressed", "one whose length shows at its end");
        }
        long bytes = length.getAsLong();
        List<Long> dims = dims(model.inputs().getFirst().shape(), field, bytes);
        Announced array = new Announced(field, Datatype.FP32.name(), Datatype.FP32.number(), dims);
        DecodedInputs inputs =
                new DecodedInputs(List.of(new FieldArrays(contract, allocator).read(array, content, bytes)));
        return new InferRequest(inputs, new InferQuery(Optional.empty(), Parameters.NONE, List.of()), true);
    }

    private static List<Long> dims(List<Long> shape, String field, long bytes) {
        List<Long> single = shape.stream().skip(1).toList();
        if (single.stream().filter(dim -> dim < 0).count() > 1) {
            throw malformed(field, "JSON that tells the shape, as several of " + shape + " may vary", "none");
        }
        long known = single.stream().filter(dim -> dim > 0).reduce(1L, Math::multiplyExact);
        long elements = bytes / Float.BYTES;
        long rest = elements / known;
        return Stream.concat(Stream.of(1L), single.stream().map(dim -> dim < 0 ? (Long) rest : dim))
                .toList();
    }

    private static FailureException malformed(String field, String expected, String actual) {
        return new Failure.MalformedBody(field, expected, actual).asException();
    }
}
