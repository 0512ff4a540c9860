package io.fieldserve.onnx.graph;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
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
     * How many bytes it takes.
     *
     * @param folder of the model, in which they must lie even once links have been followed
     * @throws RefusedModelException they don't
     */
    long size(Path folder) throws IOException {
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
        return length;
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
}
