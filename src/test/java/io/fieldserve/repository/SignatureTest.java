package io.fieldserve.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldserve.surrogate.InvalidManifestException;
import io.fieldserve.surrogate.ManifestReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only what is signed by a key that is trusted is served. {@code /signature} holds a manifest that OpenSSL signed. */
class SignatureTest extends RepositoryTest {
    private static final String NO_SIGNATURE =
            "surrogate.json.sig is no signature of this manifest with a key that is trusted";

    @TempDir
    Path keys;

    private KeyPair trusted;

    @BeforeEach
    void theRepositoryTrustsOneKey() throws Exception {
        trusted = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path key = Files.writeString(
                keys.resolve("key.pub"),
                "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
                        .formatted(Base64.getMimeEncoder()
                                .encodeToString(trusted.getPublic().getEncoded())));
        delete(root.resolve("pair"));
        use(new RepositorySettings(
                List.of(Root.of(root)), Supply.NONE, VersionPolicies.ALL, SignatureCheck.of(List.of(key))));
    }

    @Test
    void agreesWithOpenSsl() throws Exception {
        // Given
        SignatureCheck check = SignatureCheck.of(List.of(fixture("other.pub"), fixture("key.pub")));
        byte[] manifest = Files.readAllBytes(fixture(ManifestReader.FILE_NAME));

        // When, Then
        assertThatCode(() -> check.require(manifest, fixture("."))).doesNotThrowAnyException();
    }

    @Test
    void refusesOneOfOpenSslWithAnotherKey() throws Exception {
        // Given
        SignatureCheck check = SignatureCheck.of(List.of(fixture("other.pub")));
        byte[] manifest = Files.readAllBytes(fixture(ManifestReader.FILE_NAME));

        // When, Then
        assertThatThrownBy(() -> check.require(manifest, fixture(".")))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessage(NO_SIGNATURE);
    }

    @Test
    void servesWhatIsSigned() throws Exception {
        // Given
        sign(TinyVersion.affine().writeTo(root), trusted);

        // When
        repository.load();

        // Then
        assertThat(repository.index().latest("affine")).isPresent();
        assertThat(repository.index().rejected()).isEmpty();
    }

    @Test
    void refusesWhatSomebodyElseSigned() throws Exception {
        // Given
        sign(
                TinyVersion.affine().writeTo(root),
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair());

        // When
        repository.load();

        // Then
        assertRejected(NO_SIGNATURE);
    }

    @Test
    void refusesAManifestThatWasChanged() throws Exception {
        // Given a space that changes nothing but the bytes
        Path folder = TinyVersion.affine().writeTo(root);
        sign(folder, trusted);
        Path manifest = folder.resolve(ManifestReader.FILE_NAME);
        Files.writeString(manifest, Files.readString(manifest) + " ");

        // When
        repository.load();

        // Then
        assertRejected(NO_SIGNATURE);
    }

    @Test
    void refusesMoreBytesThanASignatureHas() throws Exception {
        // Given
        Path folder = TinyVersion.affine().writeTo(root);
        sign(folder, trusted);
        Files.write(folder.resolve("surrogate.json.sig"), new byte[1], StandardOpenOption.APPEND);

        // When
        repository.load();

        // Then
        assertRejected("surrogate.json.sig has more than the 64 bytes of a signature");
    }

    @Test
    void refusesWhatIsNotSigned() throws Exception {
        // Given
        TinyVersion.affine().writeTo(root);

        // When
        repository.load();

        // Then
        assertRejected("it must be signed, and there is no surrogate.json.sig");
    }

    @Test
    void refusesASignatureOfAnotherLength() throws Exception {
        // Given
        Files.write(TinyVersion.affine().writeTo(root).resolve(SignatureCheck.FILE_NAME), new byte[63]);

        // When
        repository.load();

        // Then
        assertRejected(NO_SIGNATURE);
    }

    @Test
    void refusesAGraphWithoutAManifest() throws IOException {
        // Given
        PlainFolder.write(root, "affine", "1", "dynamic");

        // When
        repository.load();

        // Then
        assertRejected("it must be signed, and a graph without a manifest can't be");
    }

    @Test
    void saysWhichFileIsNoKey() throws IOException {
        // Given
        Path file = Files.writeString(keys.resolve("no.pub"), "-----BEGIN PUBLIC KEY-----\nAAAA\n");

        // When, Then
        assertThatThrownBy(() -> SignatureCheck.of(List.of(file)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("%s holds no public Ed25519 key in PEM".formatted(file));
    }

    private void assertRejected(String reason) {
        assertThat(repository.index().served()).isEmpty();
        assertThat(repository.index().rejected()).containsExactly(new RejectedVersion("affine", "1", reason));
    }

    private static void sign(Path folder, KeyPair key) throws GeneralSecurityException, IOException {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key.getPrivate());
        signature.update(Files.readAllBytes(folder.resolve(ManifestReader.FILE_NAME)));
        Files.write(folder.resolve(SignatureCheck.FILE_NAME), signature.sign());
    }

    private static Path fixture(String name) throws URISyntaxException {
        return Path.of(SignatureTest.class.getResource("/signature").toURI()).resolve(name);
    }
}
