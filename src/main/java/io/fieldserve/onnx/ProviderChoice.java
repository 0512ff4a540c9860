package io.fieldserve.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.fieldserve.surrogate.EnsembleException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the first execution provider of the settings that this library and this machine have. */
public final class ProviderChoice {

    private static final System.Logger LOG = System.getLogger(ProviderChoice.class.getName());

    private ProviderChoice() {}

    /**
     * The first provider that is to be had.
     *
     * @throws EnsembleException the first one is not to be had and no fallback is allowed
     */
    public static ExecutionProvider choose(OnnxSettings settings) {
        List<String> reasons = new ArrayList<>();
        for (ExecutionProvider provider : settings.providers()) {
            Optional<String> obstacle = obstacle(provider, settings.accelerator());
            if (obstacle.isEmpty()) {
                return accept(provider, reasons);
            }
            reasons.add("%s is not available: %s".formatted(provider.wireName(), obstacle.get()));
            if (!settings.allowFallback()) {
                throw new EnsembleException(
                        "Execution provider %s. Mend that, choose another with fieldserve.execution.providers, or let "
                                        .formatted(reasons.getLast())
                                + "the next one stand in with fieldserve.execution.allow-fallback=true");
            }
        }
        return accept(ExecutionProvider.CPU, reasons);
    }

    private static ExecutionProvider accept(ExecutionProvider provider, List<String> reasons) {
        if (!reasons.isEmpty()) {
            LOG.log(Level.WARNING, "Falling back to {0}: {1}", provider.wireName(), String.join("; ", reasons));
        }
        return provider;
    }

    private static Optional<String> obstacle(ExecutionProvider provider, AcceleratorSettings settings) {
        if (!OrtEnvironment.getAvailableProviders().contains(provider.compiledIn())) {
            return Optional.of("this build of ONNX Runtime does not have it (build with -Pcuda)");
        }
        // Before the options: providers log while they are added, which fails without an environment.
        OrtEnvironment environment = HeldEnvironment.get();
        // Libraries that load are no device: only a session shows that there is one.
        try (SessionOptions options = new SessionOptions();
                InputStream probe = ProviderChoice.class.getResourceAsStream("probe.onnx")) {
            provider.addTo(options, settings);
            environment.createSession(probe.readAllBytes(), options).close();
            return Optional.empty();
        } catch (OrtException e) {
            return Optional.of(e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("probe.onnx can't be read", e);
        }
    }
}
