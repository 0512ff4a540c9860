package io.fieldserve.onnx;

import io.fieldserve.onnx.graph.ModelBounds;
import java.util.List;

/**
 * How sessions are opened.
 *
 * @param providers in order of preference
 * @param allowFallback whether a provider further down the list, or the CPU, may stand in for the first
 * @param threads processor threads there are to run on
 * @param session what every session is given
 * @param accelerator where and how they run if not on the processor
 * @param models how large they may be
 */
public record OnnxSettings(
        List<ExecutionProvider> providers,
        boolean allowFallback,
        int threads,
        SessionSettings session,
        AcceleratorSettings accelerator,
        ModelBounds models) {

    public OnnxSettings {
        providers = List.copyOf(providers);
        if (providers.isEmpty() || threads < 1) {
            throw new IllegalArgumentException("at least one execution provider and one thread are needed");
        }
    }

    /** For models of any size that can be opened. */
    public OnnxSettings(
            List<ExecutionProvider> providers,
            boolean allowFallback,
            int threads,
            SessionSettings session,
            AcceleratorSettings accelerator) {
        this(providers, allowFallback, threads, session, accelerator, ModelBounds.DEFAULT);
    }
}
