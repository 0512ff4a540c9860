package io.fieldserve.server.security;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Key stores of a server and its callers, made by {@code keytool}; each certificate is its own authority. The forger
 * says to be the pipeline. */
public final class TestCertificates {

    public static final String PASSWORD = "changeit";

    private final Path folder;

    private TestCertificates(Path folder) {
        this.folder = folder;
    }

    /** In a folder of their own. */
    public static TestCertificates make() {
        try {
            TestCertificates made = new TestCertificates(Files.createTempDirectory("certificates"));
            for (String name : List.of("localhost", "pipeline", "visitor")) {
                made.keyPair(name, name);
            }
            made.keyPair("forger", "pipeline");
            made.trust("trusted-callers", "pipeline", "visitor");
            made.trust("trusted-server", "localhost");
            return made;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The store of this name: somebody's key pair, or what is trusted. */
    public Path store(String name) {
        return folder.resolve(name + ".p12");
    }

    private void keyPair(String name, String commonName) throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + commonName + ",O=Test",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store(name).toString(),
                "-storepass",
                PASSWORD);
        Process keytool = new ProcessBuilder(command).inheritIO().start();
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException("keytool failed");
        }
    }

    private void trust(String store, String... names) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (String name : names) {
            trusted.setCertificateEntry(name, load(name).getCertificate(name));
        }
        try (OutputStream file = Files.newOutputStream(store(store))) {
            trusted.store(file, PASSWORD.toCharArray());
        }
    }

    private KeyStore load(String name) throws IOException, GeneralSecurityException {
        KeyStore loaded = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store(name))) {
            loaded.load(file, PASSWORD.toCharArray());
        }
        return loaded;
    }

    /** What somebody presents. */
    public KeyManagerFactory keysOf(String name) {
        try {
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(load(name), PASSWORD.toCharArray());
            return own;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What callers trust. */
    public TrustManagerFactory trustOfTheServer() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(load("trusted-server"));
            return trust;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of a caller who presents this certificate. */
    SSLContext caller(String name) {
        return context(keysOf(name).getKeyManagers());
    }

    /** Of a caller who presents nothing. */
    SSLContext anonymous() {
        return context(new KeyManager[0]);
    }

    private SSLContext context(KeyManager[] presented) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(presented, trustOfTheServer().getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
