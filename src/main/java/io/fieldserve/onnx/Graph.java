package io.fieldserve.onnx;

import java.nio.file.Path;

/** A graph to be opened. */
sealed interface Graph {

    /** What it is called in logs and messages. */
    String name();

    /** As it lies on disk, with whatever lies beside it. */
    record OnDisk(Path file) implements Graph {
        @Override
        public String name() {
            return file.getFileName().toString();
        }
    }
}
