package dev.sluice.ui.link;

import static dev.sluice.ui.fake.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.sluice.ui.store.Clocks;
import dev.sluice.ui.store.Connection;
import dev.sluice.ui.store.OpsStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A service with a self-signed certificate, over real sockets.
class AuthoritiesTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder = Path.of("");

    private Path certificate = Path.of("");
    private HttpsServer server = unbound();

    @BeforeEach
    void begin() throws Exception {
        var store = folder.resolve("service.p12");
        keytool(store);
        var made = KeyStore.getInstance(store.toFile(), PASSWORD);
        certificate = Files.writeString(
                folder.resolve("cert.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(made.getCertificate("test").getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(made, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(418, -1);
            }
        });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    @Test
    void aServiceIsTrustedByItsOwnCertificate() throws Exception {
        assertThat(reason(HttpClient.newBuilder()
                        .sslContext(Authorities.read(certificate))
                        .build()))
                .startsWith("The service answered 418");
    }

    @Test
    void aCertificateThatNobodyVouchesForIsSaidToBeSo() throws InterruptedException {
        assertThat(reason(HttpClient.newHttpClient()))
                .isEqualTo("The service cannot be reached: its certificate is not trusted here;"
                        + " --ca FILE names the certificate to trust");
    }

    @Test
    void aFileWithoutACertificateIsRefused() throws IOException {
        var empty = Files.writeString(folder.resolve("empty.pem"), "");
        var other = Files.writeString(folder.resolve("other.pem"), "hello");

        assertThatThrownBy(() -> Authorities.read(empty)).hasMessageContaining("holds no");
        assertThatThrownBy(() -> Authorities.read(other)).hasMessageContaining("holds no");
        assertThatThrownBy(() -> Authorities.read(folder.resolve("none")))
                .hasMessageStartingWith("cannot read the certificate file");
    }

    /// Returns why the operators' stream could not be opened.
    private String reason(HttpClient http) throws InterruptedException {
        var base = URI.create("https://localhost:" + server.getAddress().getPort());
        var store = new OpsStore(Clocks.system());
        var policy = new ReconnectPolicy(Duration.ofMillis(4), Duration.ofMillis(8), Duration.ZERO, new Random(1));
        var source = new FixedService(new Endpoint(base, Token.of("operator-token")));
        try (http;
                var stream = new EventStream(http, source, store, policy, Duration.ofMinutes(5))) {
            stream.start();
            until("refused", () -> store.state().connection() instanceof Connection.Broken);
            return Optional.of(store.state().connection())
                    .map(connection -> connection instanceof Connection.Broken broken ? broken.reason() : "")
                    .orElseThrow();
        }
    }

    private static HttpsServer unbound() {
        try {
            return HttpsServer.create();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void keytool(Path store) throws IOException, InterruptedException {
        var home = System.getProperty("java.home", "");
        var tool = new ProcessBuilder(List.of(
                        Path.of(home, "bin", "keytool").toString(),
                        "-genkeypair",
                        "-alias",
                        "test",
                        "-keyalg",
                        "EC",
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
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(tool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(tool.exitValue()).isZero();
    }
}
