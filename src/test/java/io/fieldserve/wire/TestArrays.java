package io.fieldserve.wire;

import io.fieldserve.codec.NpyEncoder;
import io.fieldserve.codec.NpzArchive;
import io.fieldserve.codec.NpzEncoder;
import io.fieldserve.codec.Pieces;
import io.fieldserve.codec.RawEncoder;
import io.fieldserve.tensor.DataType;
import io.fieldserve.tensor.Shape;
import io.fieldserve.tensor.SlabPool;
import io.fieldserve.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.zip.GZIPOutputStream;

/** Arrays for requests, and the saved ones to compare replies with. */
public final class TestArrays {

    private static final SlabPool POOL = new SlabPool(0);

    private TestArrays() {}

    public static byte[] gzip(byte[] content) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    /** A float32 array filled from its flat index. */
    public static Tensor filled(Shape shape, IntToDoubleFunction value) {
        Tensor tensor = POOL.allocate(DataType.FLOAT32, shape);
        for (int i = 0; i < shape.elements(); i++) {
            tensor.floats().put(i, (float) value.applyAsDouble(i));
        }
        return tensor;
    }

    /** A permeability of two values, as Darcy's surrogate was trained with. */
    public static Tensor permeability(long... dims) {
        return filled(Shape.of(dims), i -> i % 3 == 0 ? 12 : 3);
    }

    public static byte[] npy(Tensor tensor) {
        return Pieces.bytes(NpyEncoder.encode(tensor, tensor.shape()));
    }

    public static byte[] raw(Tensor tensor) {
        return Pieces.bytes(RawEncoder.encode(tensor));
    }

    public static byte[] npz(String name, Tensor tensor) {
        NpzEncoder archive = new NpzEncoder();
        archive.add(name, tensor, tensor.shape());
        return Pieces.bytes(archive.finish());
    }

    public static Map<String, Tensor> read(Path archive, List<String> names) {
        try {
            return new NpzArchive(POOL).read(archive, names);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Map<String, Tensor> readNpz(byte[] archive, List<String> names) {
        try {
            Path file = Files.createTempFile("reply", ".npz");
            try {
                Files.write(file, archive);
                return read(file, names);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
