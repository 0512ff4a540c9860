package io.fieldserve.surrogate;

import static io.fieldserve.fuzz.FuzzTarget.require;

import io.fieldserve.fuzz.FuzzTarget;
import io.fieldserve.prediction.InputRules;
import io.fieldserve.prediction.RequestLimits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Graphs without a manifest that declare any number of inputs and outputs of any shape. */
public final class PlainModelFuzz implements FuzzTarget {

    @Override
    public void run(byte[] input) {
        ByteBuffer bytes = ByteBuffer.wrap(input);
        try {
            List<Field> inputs = fields("input", bytes);
            List<Field> outputs = fields("output", bytes);
            String name = StandardCharsets.ISO_8859_1.decode(bytes).toString();
            Manifest manifest = PlainModel.manifest(name, 1, inputs, outputs);
            require(manifest.plain(), "is known to be plain");
            for (Field field : manifest.inputs()) {
                require(
                        new InputRules(manifest, new RequestLimits(8, 1 << 20, Duration.ofSeconds(1)))
                                        .maximumElements(field.name())
                                > 0,
                        "takes some elements");
                for (int axis = 0; axis < field.dimensions(); axis++) {
                    require(
                            manifest.shortest(field, axis) >= 1
                                    && manifest.shortest(field, axis) <= manifest.longest(field, axis),
                            "has lengths for every axis");
                }
            }
        } catch (InvalidManifestException e) {
            require(!e.getMessage().isEmpty(), "says why");
        }
    }

    private static List<Field> fields(String role, ByteBuffer bytes) {
        List<Field> fields = new ArrayList<>();
        for (int count = next(bytes) & 3; count > 0; count--) {
            List<Integer> shape = new ArrayList<>();
            for (int rank = next(bytes) & 7; rank > 0; rank--) {
                int length = next(bytes);
                // Now and then one of any size.
                shape.add(length == Byte.MIN_VALUE && bytes.remaining() >= Integer.BYTES ? bytes.getInt() : length);
            }
            List<String> axes = IntStream.range(Field.LEADING_AXES, shape.size())
                    .mapToObj(axis -> "axis" + axis)
                    .toList();
            String name = role + fields.size();
            fields.add(PlainModel.field(name, name, shape, axes));
        }
        return fields;
    }

    private static int next(ByteBuffer bytes) {
        return bytes.hasRemaining() ? bytes.get() : 0;
    }

    @Override
    public Stream<byte[]> seeds() {
        return Stream.of(
                new byte[] {1, 4, -1, 1, -1, -1, 1, 4, -1, 1, -1, -1, 'm'},
                new byte[] {2, 1, -1, 3, 4, 2, 8, 1, 2, 4, 1, 'm', '.', '1'},
                new byte[] {1, 3, -1, Byte.MIN_VALUE, 127, -1, -1, -1, 2, 1, 1, -1, 'n'});
    }
}
