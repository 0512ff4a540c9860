package io.fieldserve.faults;

import io.fieldserve.onnx.Graphs;
import io.fieldserve.onnx.graph.proto.Onnx.ModelProto;
import io.fieldserve.onnx.graph.proto.Onnx.TensorProto;
import io.fieldserve.repository.TinyVersion;
import io.fieldserve.tensor.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * A surrogate whose version v has members v a + 1.5, 2 v a + 1 and 3 v a + 0.5, so that every answer tells which version it
 * is from: the mean is 2 v a + 1, the std |v a - 0.5|.
 */
final class Lines {

    static final String NAME = "affine";

    private static final List<String> MEMBERS = List.of("affine-0.onnx", "affine-1.onnx", "affine-2.onnx");
    private static final List<LineQuestion.Wanted> WANTED = List.of(LineQuestion.Wanted.values());
    private static final Shape GOLDEN = Shape.of(1, 1, 2, 3);
    private static final double[] GOLDEN_INPUT = {0, 0.5, 1, 2, 3, 4};

    private Lines() {}

    /** Writes a version that can be served. */
    static Path write(Path root, int version) {
        try {
            return made(version).writeTo(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What may be wrong with a version. */
    enum Damage {
        /** A graph isn't the one that the manifest means. */
        DIGEST {
            @Override
            void write(Path root, int version) throws IOException {
                Path folder = made(version).writeTo(root);
                Files.write(folder.resolve(MEMBERS.getLast()), new byte[] {0}, StandardOpenOption.APPEND);
            }
        },
        /** A graph ends in its middle, and the manifest means it so. */
        TRUNCATED {
            @Override
            void write(Path root, int version) throws IOException {
                byte[] whole = steeper(MEMBERS.getLast(), version);
                made(version)
                        .graph(MEMBERS.getLast(), Arrays.copyOf(whole, whole.length / 2))
                        .writeTo(root);
            }
        },
        /** The answers are not those that were saved. */
        GOLDEN_CASE {
            @Override
            void write(Path root, int version) throws IOException {
                made(version).golden("mean", GOLDEN, 1, 1, 1, 1, 1, 1).writeTo(root);
            }
        };

        /** Writes a version that must not be served. */
        abstract void write(Path root, int version) throws IOException;
    }

    private static TinyVersion made(int version) {
        TinyVersion made = TinyVersion.affine()
                .with("/version", version)
                .golden("mean", GOLDEN, golden(a -> mean(version, a)))
                .golden("std", GOLDEN, golden(a -> std(version, a)));
        MEMBERS.forEach(member -> made.graph(member, steeper(member, version)));
        return made;
    }

    private static float[] golden(DoubleUnaryOperator line) {
        float[] values = new float[GOLDEN_INPUT.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) line.applyAsDouble(GOLDEN_INPUT[i]);
        }
        return values;
    }

    static double mean(int version, double a) {
        return 2 * version * a + 1;
    }

    static double std(int version, double a) {
        return Math.abs(version * a - 0.5);
    }

    /** A member's graph with its weight times {@code version}. */
    private static byte[] steeper(String member, int version) {
        try {
            ModelProto.Builder model =
                    ModelProto.parseFrom(Files.readAllBytes(Graphs.FOLDER.resolve(member))).toBuilder();
            TensorProto.Builder weight = model.getGraphBuilder().getInitializerBuilderList().stream()
                    .filter(initializer -> initializer.getName().equals("weight"))
                    .findFirst()
                    .orElseThrow();
            weight.setFloatData(0, version * weight.getFloatData(0));
            return model.build().toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that can be asked, each of another input. */
    static List<LineQuestion> questions() {
        return IntStream.range(0, 16)
                .mapToObj(seed -> new LineQuestion(WANTED.get(seed % WANTED.size()), seed))
                .toList();
    }
}
