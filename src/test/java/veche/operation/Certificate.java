package veche.operation;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for 127.0.0.1, made by keytool when the test runs, and a client that trusts it alone. */
record Certificate(Path keystore) {
    static final String PASSWORD = "only-for-this-test";

    static Certificate make(Path keystore) throws IOException, InterruptedException {
        Files.createDirectories(keystore.getParent());
        Files.deleteIfExists(keystore);
        Commands.run(
                System.getProperty("java.home") + "/bin/keytool",
                "-genkeypair",
                "-alias",
                "veche",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                keystore.toString(),
                "-storepass",
                PASSWORD,
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,dns:ws.site.com,ip:127.0.0.1");
        return new Certificate(keystore.toAbsolutePath());
    }

    HttpClient client() throws IOException, GeneralSecurityException {
        return HttpClient.newBuilder()
                .sslContext(context())
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /** The certificate and its key as PEM (RFC 7468), in one file. */
    void pem(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = load();
        Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
        String certificate = lines.encodeToString(store.getCertificate("veche").getEncoded());
        String key = lines.encodeToString(
                store.getKey("veche", PASSWORD.toCharArray()).getEncoded());
        Files.writeString(
                file,
                "-----BEGIN CERTIFICATE-----\n" + certificate + "\n-----END CERTIFICATE-----\n"
                        + "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n");
    }

    private KeyStore load() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keystore)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    /** Trusts this certificate and no other. */
    SSLContext context() throws IOException, GeneralSecurityException {
        KeyStore trusted = load();
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("veche", trusted.getCertificate("veche"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(certificates);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
