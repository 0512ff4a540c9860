package io.fieldserve.onnx.graph;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;

/**
 * A tensor whose bytes lie in another file.
 *
 * @param entries where they lie, as the model has it, by {@link #KEYS}
 */
record ExternalTensor(String name, Map<String, String> entries) {

    static final Set<String> KEYS = Set.of("location", "offset", "length");

    String location() {
        return entries.getOrDefault("location", "");
    }

    /**
     * Where they lie.
     *
     * @param folder of the model, in which they must lie even once links have been followed
     * @throws RefusedModelException they don't
     */
    Place place(Path folder) throws IOException {
        Path file = file(folder);
        if (!Files.isRegularFile(file)) {
            throw refused("which is no file");
        }
        if (!file.toRealPath().startsWith(folder.toRealPath())) {
            throw refused("outside its folder");
        }
        long size = Files.size(file);
        long offset = number("offset", 0);
        long length = number("length", Math.max(0, size - offset));
        if (offset > size || length > size - offset) {
            throw refused("%d bytes from byte %d of it, which has %d".formatted(length, offset, size));
        }
        return new Place(file, offset, length);
    }

    private Path file(Path folder) {
        try {
            Path file = folder.resolve(location()).normalize();
            if (location().isEmpty() || Path.of(location()).isAbsolute() || !file.startsWith(folder.normalize())) {
                throw refused("outside its folder");
            }
            return file;
        } catch (InvalidPathException e) {
            throw refused("which is no file");
        }
    }

    private long number(String key, long otherwise) {
        String text = entries.get(key);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw refused("with the %s '%s'".formatted(key, text));
        }
        return Long.parseLong(text);
    }

    RefusedModelException refused(String why) {
        return new RefusedModelException("tensor '%s' lies in '%s', %s".formatted(name, location(), why));
    }

    /** A part of a file. */
    record Place(Path file, long offset, long length) {

        /** The bytes in it; at most as many as an array holds. */
        ByteString read() throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length));
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                while (bytes.hasRemaining()) {
                    if (channel.read(bytes, offset + bytes.position()) < 0) {
                        throw new EOFException("%s changes while it is read".formatted(file.getFileName()));
                    }
                }
            }
            return UnsafeByteOperations.unsafeWrap(bytes.flip());
        }
    }
}
