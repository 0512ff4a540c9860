package io.fieldserve.onnx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A graph to be opened. */
sealed interface GraphSource {

    /** What it is called in logs and messages. */
    String name();

    /** The model's bytes, which nobody changes. */
    byte[] model();

    /** As it lies on disk, with whatever lies beside it. */
    record OnDisk(Path file) implements GraphSource {
        @Override
        public String name() {
            return file.getFileName().toString();
        }

        @Override
        public byte[] model() {
            try {
                return Files.readAllBytes(file);
            } catch (IOException e) {
                throw new UncheckedIOException("%s can't be read".formatted(name()), e);
            }
        }
    }

    /** One that was made of another. */
    final class InMemory implements GraphSource {
        private final String name;
        private final byte[] model;

        InMemory(String name, byte[] model) {
            this.name = name;
            this.model = model;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public byte[] model() {
            return model;
        }
    }
}
