package dev.sluice.service.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A self-signed certificate for localhost and its key, as PEM files, made by the JDK's keytool.
///
/// @param certificate where the certificate is
/// @param key where the key is
/// @param clients trusts the certificate
public record TestPem(Path certificate, Path key, SSLContext clients) {
    private static final char[] PASSWORD = "changeit".toCharArray();

    /// Makes a fresh pair of files.
    ///
    /// @param algorithm RSA or EC
    public static TestPem in(Path directory, String algorithm) throws Exception {
        Path store = directory.resolve(algorithm + ".p12");
        keytool(store, algorithm);
        var made = KeyStore.getInstance(store.toFile(), PASSWORD);
        Path certificate = directory.resolve(algorithm + "-cert.pem");
        Path key = directory.resolve(algorithm + "-key.pem");
        write(certificate, "CERTIFICATE", made.getCertificate("test").getEncoded());
        write(key, "PRIVATE KEY", made.getKey("test", PASSWORD).getEncoded());
        return new TestPem(certificate, key, trusting(made));
    }

    private static SSLContext trusting(KeyStore made) throws GeneralSecurityException, IOException {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("test", made.getCertificate("test"));
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static void keytool(Path store, String algorithm) throws IOException, InterruptedException {
        String home = System.getProperty("java.home", "");
        var tool = new ProcessBuilder(List.of(
                        Path.of(home, "bin", "keytool").toString(),
                        "-genkeypair",
                        "-alias",
                        "test",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        store.toString()))
                .redirectErrorStream(true)
                .start();
        String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!tool.waitFor(30, TimeUnit.SECONDS) || tool.exitValue() != 0) {
            throw new IOException("keytool failed: " + said);
        }
    }

    private static void write(Path file, String kind, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(file, "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
    }
}
