package io.fieldserve.repository;

import io.fieldserve.surrogate.InvalidManifestException;
import io.fieldserve.surrogate.ManifestReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Whether a manifest, and with it the digests of all files, is signed by somebody who is trusted: Ed25519 (RFC 8032), 64 bytes in
 * {@code surrogate.json.sig}. Without keys, nothing needs to be signed.
 */
public final class SignatureCheck {

    /** Name of the signature in a version's folder. */
    static final String FILE_NAME = ManifestReader.FILE_NAME + ".sig";

    /** Asks for no signature. */
    public static final SignatureCheck NONE = new SignatureCheck(List.of());

    private static final int BYTES = 64;

    private static final String ALGORITHM = "Ed25519";

    private final List<PublicKey> keys;

    private SignatureCheck(List<PublicKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Asks for a signature with any of some keys.
     *
     * @param files public keys in PEM, as {@code openssl pkey -pubout} writes them
     * @throws IOException a file can't be read
     * @throws IllegalArgumentException it holds no such key
     */
    public static SignatureCheck of(List<Path> files) throws IOException {
        List<PublicKey> keys = new ArrayList<>();
        for (Path file : files) {
            keys.add(key(file));
        }
        return new SignatureCheck(keys);
    }

    private static PublicKey key(Path file) throws IOException {
        String base64 = Files.readString(file).replaceAll("-----(BEGIN|END) PUBLIC KEY-----|\\s", "");
        try {
            return KeyFactory.getInstance(ALGORITHM)
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("%s holds no public Ed25519 key in PEM".formatted(file), e);
        }
    }

    /** Whether anything must be signed at all. */
    boolean required() {
        return !keys.isEmpty();
    }

    /**
     * Returns if a version may be believed.
     *
     * @param manifest its very bytes
     * @throws InvalidManifestException it must be signed, and isn't, or not by anybody who is trusted
     * @throws IOException the signature can't be read
     */
    void require(byte[] manifest, Path folder) throws IOException {
        if (!required()) {
            return;
        }
        byte[] signature;
        try (InputStream file = Files.newInputStream(folder.resolve(FILE_NAME))) {
            signature = file.readNBytes(BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new InvalidManifestException("it must be signed, and there is no " + FILE_NAME, e);
        }
        if (signature.length > BYTES) {
            throw new InvalidManifestException(
                    "%s has more than the %d bytes of a signature".formatted(FILE_NAME, BYTES));
        }
        if (keys.stream().noneMatch(key -> verifies(key, manifest, signature))) {
            throw new InvalidManifestException(
                    "%s is no signature of this manifest with a key that is trusted".formatted(FILE_NAME));
        }
    }

    private static boolean verifies(PublicKey key, byte[] manifest, byte[] signature) {
        try {
            Signature check = Signature.getInstance(ALGORITHM);
            check.initVerify(key);
            check.update(manifest);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            // Such as a signature of another length.
            return false;
        }
    }
}
