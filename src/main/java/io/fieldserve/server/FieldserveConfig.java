package io.fieldserve.server;

import io.fieldserve.onnx.ExecutionProvider;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** Everything that can be configured, under {@code fieldserve}. Read and converted at start, so a mistake ends it. */
@ConfigMapping(prefix = "fieldserve")
public interface FieldserveConfig {

    Repository repository();

    Execution execution();

    Limits limits();

    Memory memory();

    /** Where surrogates are found. */
    interface Repository {
        /** Folder of {@code <surrogate>/<version>/} folders. */
        @WithDefault("models/repository")
        Path path();
    }

    /** How models run. */
    interface Execution {
        /** Execution providers in order of preference: {@code tensorrt}, {@code cuda}, {@code cpu}. */
        @WithDefault("cpu")
        List<ExecutionProvider> providers();

        /** Whether the next provider, and the CPU at last, may stand in for one that is not to be had. */
        @WithDefault("false")
        boolean allowFallback();

        /** Index of the accelerator. */
        @WithDefault("0")
        int device();

        /** Processor threads that one prediction may use; all processors by default. */
        OptionalInt threads();
    }

    /** Bounds on one request. */
    interface Limits {
        /** Bytes of a request body. */
        @WithDefault("64M")
        MemorySize body();

        /** From the first byte of a body to its last. */
        @WithDefault("60s")
        Duration bodyTime();

        /** Cases in a batch. */
        @WithDefault("256")
        int batch();

        /** Grid points over the whole batch: bounds the memory of a run. */
        @WithDefault("262144")
        long points();
    }

    /** Memory outside the heap. */
    interface Memory {
        /** Bytes of unused slabs that are kept for later requests. */
        @WithDefault("256M")
        MemorySize retained();

        /** Bytes that requests in flight may take together outside the heap; what is over is answered with 429. */
        @WithDefault("1G")
        MemorySize limit();
    }
}
