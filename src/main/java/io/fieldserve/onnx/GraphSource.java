package io.fieldserve.onnx;

import io.fieldserve.onnx.graph.ExternalWeights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

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

        /** With its weights in it, wherever they lie. */
        @Override
        public byte[] model() {
            try {
                Optional<byte[]> whole = inlined();
                return whole.isPresent() ? whole.get() : Files.readAllBytes(file);
            } catch (IOException e) {
                throw new UncheckedIOException("%s can't be read".formatted(name()), e);
            }
        }

        /**
         * The model, if some of its weights lie in files beside it. ONNX Runtime would map those files for as long as the
         * session is open: what is written to them would be computed with, and cutting one short would end the process.
         */
        Optional<byte[]> inlined() {
            try {
                return ExternalWeights.inlined(file);
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
