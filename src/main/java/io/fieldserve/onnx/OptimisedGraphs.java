package io.fieldserve.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A folder of graphs as ONNX Runtime has optimised them, by digest of the graph they were made from. What is found there
 * is opened as it is; the folder must be as trusted as the repository.
 */
final class OptimisedGraphs {
    private final OrtEnvironment environment;
    private final Path folder;

    OptimisedGraphs(OrtEnvironment environment, Path folder) {
        this.environment = environment;
        this.folder = folder;
    }

    /** Opens a graph by its optimised form, which is made and kept if it isn't there yet. */
    OrtSession open(byte[] model, GraphOptimisation optimisation, SessionOptions options) throws OrtException {
        Path kept = folder.resolve(key(model, optimisation) + ".onnx");
        try {
            if (Files.exists(kept)) {
                options.setOptimizationLevel(OptLevel.NO_OPT);
                return environment.createSession(kept.toString(), options);
            }
            Files.createDirectories(folder);
            Path partial = Files.createTempFile(folder, "partial", ".onnx");
            options.setOptimizedModelFilePath(partial.toString());
            OrtSession session = environment.createSession(model, options);
            // Whoever looks at the same time finds all of it or nothing.
            Files.move(partial, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return session;
        } catch (IOException e) {
            throw new UncheckedIOException("the cache of optimised graphs can't be used", e);
        }
    }

    /** Optimised graphs are of use to the same version of the runtime on the same kind of processor. */
    private String key(byte[] model, GraphOptimisation optimisation) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(model);
            digest.update("%s %s %s"
                    .formatted(environment.getVersion(), System.getProperty("os.arch"), optimisation)
                    .getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
