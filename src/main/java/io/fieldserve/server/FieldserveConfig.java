package io.fieldserve.server;

import io.fieldserve.onnx.CudaSettings;
import io.fieldserve.onnx.ExecutionProvider;
import io.fieldserve.onnx.GraphOptimisation;
import io.fieldserve.server.security.SecurityConfig;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Everything that can be configured, under {@code fieldserve}. Read and converted at start, so a mistake ends it. */
@ConfigMapping(prefix = "fieldserve")
public interface FieldserveConfig {

    Repository repository();

    Model model();

    Execution execution();

    Cuda cuda();

    TensorRt tensorrt();

    Batching batching();

    Limits limits();

    Memory memory();

    SecurityConfig security();

    Connections connections();

    /** Where surrogates are found. */
    interface Repository {
        /** Folders of {@code <surrogate>/<version>/} folders; of two versions with one number, the first folder's is served. */
        @WithDefault("models/repository")
        Optional<List<Path>> path();

        /** How often folders and sources are looked at for changes; by default never. */
        Optional<Duration> poll();

        /** Which versions are served: {@code all}, {@code latest}, {@code latest:2}, or numbers such as {@code 1,3}. */
        @WithDefault("all")
        String versions();

        /** What is particular to single surrogates, by name. */
        Map<String, OneSurrogate> surrogates();

        /** Where else surrogates come from, by a name of ours: archives, registries, S3-compatible storage. */
        Map<String, SourceConfig> sources();

        /** Folder that keeps what came from sources; must be there if there are such. Of one process alone. */
        Optional<Path> cache();

        /** Public keys, Ed25519 in PEM files: if there are such, a version must be signed with one of them. */
        Optional<List<Path>> signatureKey();

        /** Whether callers may load and unload surrogates. */
        @WithDefault("false")
        boolean control();

        /** One surrogate. */
        interface OneSurrogate {
            /** Which of its versions are served; by default as for all. */
            Optional<String> versions();
        }
    }

    /** What a model file may be: one that is over a bound is not opened. */
    interface Model {
        /** Bytes of the file, and of the weights that it keeps in others or unpacks. */
        @WithDefault("2047M")
        MemorySize bytes();

        /** Nodes of its graph, those of subgraphs included, and those of functions as often as they are called. */
        @WithDefault("100000")
        long nodes();

        /** Longest that one way of running a version may take for its test. */
        @WithDefault("5m")
        Duration testTime();
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

        /** Threads that run models; as many as there are processors by default. */
        OptionalInt threads();

        /**
         * Threads that one run of one graph uses. By default each graph gets an equal share of the threads with those that
         * run beside it, or one where that is as fast for the golden case.
         */
        OptionalInt intraOpThreads();

        /** Whether a graph's threads spin while they wait: sooner for a lone caller, at the cost of all others. */
        @WithDefault("false")
        boolean spinning();

        /** Whether sessions keep memory between runs of ordinary size. */
        @WithDefault("true")
        boolean arena();

        /** How far graphs are optimised when they are opened: {@code none}, {@code basic}, {@code extended}, {@code all}. */
        @WithDefault("all")
        GraphOptimisation optimisation();

        /**
         * Whether graphs are rewritten when they are loaded, where that is faster and gives the same golden case: members
         * of one graph cut apart, DFT nodes made matrix products.
         */
        @WithDefault("true")
        boolean rewriting();

        /** Folder that keeps optimised graphs, so that they open sooner the next time; none by default. */
        Optional<Path> cache();
    }

    /** How sessions use CUDA, also where TensorRT leaves parts of a graph to it. */
    interface Cuda {
        /** Device memory that each session's arena may take; all there is by default. */
        Optional<MemorySize> memoryLimit();

        /** How the arena grows: {@code same-as-requested}, {@code next-power-of-two}. */
        @WithDefault("same-as-requested")
        CudaSettings.ArenaExtension arenaExtension();

        /** How kernels are found for a new shape: {@code heuristic}, {@code exhaustive}, {@code default}. */
        @WithDefault("heuristic")
        CudaSettings.ConvolutionSearch convolutionSearch();

        /** Whether an exhaustive search may try what needs more than 32 MB of workspace. */
        @WithDefault("true")
        boolean fullWorkspace();

        /** Whether matrix products and convolutions may round their inputs to TF32. */
        @WithDefault("false")
        boolean tf32();

        /** Whether the memory that is copied to and from the device is page-locked, which makes copies faster. */
        @WithDefault("true")
        boolean pageLocked();
    }

    /** How sessions use TensorRT. */
    interface TensorRt {
        /** Folder that keeps engines and kernel timings, so that they are built once; none by default. */
        Optional<Path> engineCache();

        /** Device memory that building an engine may take; TensorRT's own bound by default. */
        Optional<MemorySize> workspace();

        /** Whether parts may run in float16. */
        @WithDefault("false")
        boolean float16();
    }

    /** How far requests for one surrogate are run together. */
    interface Batching {
        /** Most cases in a batch. */
        @WithDefault("64")
        int items();

        /** Most input bytes in a batch. */
        @WithDefault("256K")
        MemorySize bytes();

        /** How long a request may be held back for others to come. */
        @WithDefault("0s")
        Duration delay();
    }

    /** Bounds on one request, and on those in flight together. */
    interface Limits {
        /** Bytes of a request body. */
        @WithDefault("64M")
        MemorySize body();

        /** From the first byte of a body, of a request or a large reply, to its last. */
        @WithDefault("60s")
        Duration bodyTime();

        /** Cases in a batch. */
        @WithDefault("256")
        int batch();

        /** Grid points over the whole batch: bounds the memory of a run. */
        @WithDefault("262144")
        long points();

        /** Longest that a request may wait for its run to begin, and does unless it says less. */
        @WithDefault("30s")
        Duration timeout();

        /** Requests that are admitted and not yet answered; what is over is answered with 429. */
        @WithDefault("1024")
        int requests();

        /** Bytes of their bodies, as announced. */
        @WithDefault("512M")
        MemorySize inFlight();

        /** How long the work that waits may be likely to take for more to be admitted. */
        @WithDefault("10s")
        Duration backlog();

        /** How deep objects and arrays of a JSON body may nest; arrays of a field never deeper than the field has axes. */
        @WithDefault("100")
        int jsonDepth();

        Client client();
    }

    /**
     * Bounds on the predictions of one client: whoever is authenticated by one name, or asks from one address. None by
     * default, as many may share an address, and {@link Limits} keep the service whole.
     */
    interface Client {
        /** Requests in flight; what is over is answered with 429. */
        OptionalInt requests();

        /** Requests a second, in the long run; what is over is answered with 429. */
        OptionalDouble rate();

        /** Requests that may come at once after a pause, where there is a rate; a second's worth by default. */
        OptionalInt burst();
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

    /** What whoever connects has to keep to before there is a request. */
    interface Connections {
        /** From the connection to the end of its first request's head; for later ones it is the connection's idle time. */
        @WithDefault("10s")
        Duration headTime();
    }
}
