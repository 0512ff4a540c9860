package io.fieldserve.onnx;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/** The graphs in {@code src/test/resources/graphs} (make_graphs.py says what each computes), and how to run them. */
public final class Graphs {
    /** Where they lie. */
    public static final Path FOLDER = folder();

    /** Enough threads for the members to run side by side. */
    public static final OnnxSettings ON_CPU = new OnnxSettings(
            List.of(ExecutionProvider.CPU), false, 3, SessionSettings.defaults(), AcceleratorSettings.defaults());

    private Graphs() {}

    private static Path folder() {
        try {
            return Path.of(Graphs.class.getResource("/graphs").toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
