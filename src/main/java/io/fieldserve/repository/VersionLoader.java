package io.fieldserve.repository;

import io.fieldserve.surrogate.EnsembleOpener;
import io.fieldserve.surrogate.FileDigest;
import io.fieldserve.surrogate.InvalidManifestException;
import io.fieldserve.surrogate.Manifest;
import io.fieldserve.surrogate.ManifestReader;
import io.fieldserve.surrogate.PlainModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Turns a folder into a version that may be served, or says why not: the signature first, where one is required, then digests,
 * the session, and its test. A {@link PlainModel} has no digests to compare with, and nothing that could be signed.
 */
final class VersionLoader {

    private final ManifestReader manifests = new ManifestReader();
    private final EnsembleOpener opener;
    private final SignatureCheck signatures;
    private final FastestVariant fastest;

    VersionLoader(EnsembleOpener opener, Acceptance acceptance, SignatureCheck signatures) {
        this.opener = opener;
        this.signatures = signatures;
        this.fastest = new FastestVariant(acceptance);
    }

    /**
     * @param folder {@code <surrogate>/<version>}
     * @throws IOException a file can't be read
     * @throws RuntimeException the version is not what it says it is; nothing of it stays open
     */
    SurrogateVersion load(Path folder) throws IOException {
        Manifest manifest = isPlain(folder) ? described(folder) : verified(folder);
        return fastest.of(opener.variants(manifest, folder), manifest, folder);
    }

    /**
     * Whether a version is on disk what it was when it was loaded, as far as its manifest tells, which has the digests of all
     * files. A plain model has none.
     *
     * @throws IOException the manifest can't be read
     * @throws RuntimeException it is none, or not signed as it must be
     */
    boolean isUnchanged(SurrogateVersion version) throws IOException {
        return !version.manifest().plain()
                && !isPlain(version.folder())
                && manifest(version.folder()).equals(version.manifest());
    }

    private static boolean isPlain(Path folder) {
        return Files.notExists(folder.resolve(ManifestReader.FILE_NAME))
                && Files.isRegularFile(folder.resolve(PlainModel.FILE_NAME));
    }

    private Manifest manifest(Path folder) throws IOException {
        byte[] json = ManifestReader.bytes(folder);
        signatures.require(json, folder);
        return manifests.read(json);
    }

    private Manifest described(Path folder) {
        if (signatures.required()) {
            throw new InvalidManifestException("it must be signed, and a graph without a manifest can't be");
        }
        String version = folder.getFileName().toString();
        if (!version.matches("[1-9][0-9]{0,8}")) {
            throw new InvalidManifestException("'%s' is no version, such as 1".formatted(version));
        }
        return opener.describe(
                folder.resolve(PlainModel.FILE_NAME),
                folder.getParent().getFileName().toString(),
                Integer.parseInt(version));
    }

    private Manifest verified(Path folder) throws IOException {
        Manifest manifest = manifest(folder);
        requireMatchingFolder(manifest, folder);
        for (FileDigest file : manifest.files().toList()) {
            requireDigest(file, folder);
        }
        return manifest;
    }

    private static void requireMatchingFolder(Manifest manifest, Path folder) {
        String expected = manifest.name() + "/" + manifest.version();
        String actual = folder.getParent().getFileName() + "/" + folder.getFileName();
        if (!expected.equals(actual)) {
            throw new InvalidManifestException("the manifest is of %s, the folder of %s".formatted(expected, actual));
        }
    }

    private static void requireDigest(FileDigest file, Path folder) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream bytes = new DigestInputStream(Files.newInputStream(folder.resolve(file.path())), digest)) {
            bytes.transferTo(OutputStream.nullOutputStream());
        }
        String actual = HexFormat.of().formatHex(digest.digest());
        String expected = file.sha256().orElseThrow();
        if (!actual.equals(expected)) {
            throw new InvalidManifestException(
                    "%s has SHA-256 %s, the manifest says %s".formatted(file.path(), actual, expected));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
