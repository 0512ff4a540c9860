package io.fieldserve.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A folder of graphs as ONNX Runtime has optimised them, by digest of the graph they were made from. What is found there
 * is opened as it is; the folder must be as trusted as the repository.
 */
final class OptimisedGraphs {

    private static final System.Logger LOG = System.getLogger(OptimisedGraphs.class.getName());

    private final OrtEnvironment environment;
    private final Path folder;

    OptimisedGraphs(OrtEnvironment environment, Path folder) {
        this.environment = environment;
        this.folder = folder;
    }

    /**
     * Opens a graph by its optimised form, which is made and kept if it isn't there yet. A folder that can't be used, or a
     * form in it that can't, costs time and nothing else.
     *
     * @throws OrtException the graph itself can't be opened
     */
    OrtSession open(byte[] model, GraphOptimisation optimisation, SessionOptions options) throws OrtException {
        Path kept = folder.resolve(key(model, optimisation) + ".onnx");
        Optional<OrtSession> session = Files.exists(kept) ? reopened(kept, options) : Optional.empty();
        if (session.isPresent()) {
            return session.get();
        }
        options.setOptimizationLevel(optimisation.level());
        session = made(model, kept, options);
        if (session.isPresent()) {
            return session.get();
        }
        options.setOptimizedModelFilePath("");
        return environment.createSession(model, options);
    }

    private Optional<OrtSession> reopened(Path kept, SessionOptions options) throws OrtException {
        options.setOptimizationLevel(OptLevel.NO_OPT);
        try {
            return Optional.of(environment.createSession(kept.toString(), options));
        } catch (OrtException e) {
            LOG.log(Level.WARNING, "The optimised graph %s is damaged, and made again".formatted(kept), e);
            return Optional.empty();
        }
    }

    private Optional<OrtSession> made(byte[] model, Path kept, SessionOptions options) throws OrtException {
        Path partial;
        try {
            Files.createDirectories(folder);
            partial = Files.createTempFile(folder, "partial", ".onnx");
        } catch (IOException e) {
            warn(e);
            return Optional.empty();
        }
        options.setOptimizedModelFilePath(partial.toString());
        try {
            OrtSession session = environment.createSession(model, options);
            keep(partial, kept);
            return Optional.of(session);
        } catch (OrtException e) {
            // Of the graph itself, or of writing it, which the next try tells.
            warn(e);
            discard(partial);
            return Optional.empty();
        }
    }

    /** Whoever looks at the same time finds all of it or nothing. */
    private void keep(Path partial, Path kept) {
        try {
            Files.move(partial, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            warn(e);
            discard(partial);
        }
    }

    private void discard(Path partial) {
        try {
            Files.deleteIfExists(partial);
        } catch (IOException e) {
            warn(e);
        }
    }

    private void warn(Exception e) {
        LOG.log(Level.WARNING, "The optimised graph can't be kept in %s".formatted(folder), e);
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
