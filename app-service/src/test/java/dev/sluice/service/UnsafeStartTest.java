package dev.sluice.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.TestPem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What must not be started is not.
@Timeout(60)
final class UnsafeStartTest {
    @TempDir
    Path directory;

    @Test
    void elsewhereWithoutTls() {
        CommandRun refused = start("--bind", "0.0.0.0");

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err().lines())
                .singleElement()
                .asString()
                .contains("refusing to listen on 0.0.0.0", "--tls-cert", "--behind-proxy");
        assertThat(data().resolve("operator.token")).doesNotExist();
    }

    @Test
    void elsewhereWithoutAToken() throws Exception {
        TestPem pem = TestPem.in(directory, "EC");
        List<String> tls = List.of(
                "--tls-cert",
                pem.certificate().toString(),
                "--tls-key",
                pem.key().toString());

        for (List<String> guard : List.of(List.of("--behind-proxy"), tls)) {
            CommandRun refused = start(Stream.concat(Stream.of("--bind", "0.0.0.0"), guard.stream())
                    .toArray(String[]::new));

            assertThat(refused.status()).isEqualTo(2);
            assertThat(refused.err().lines()).singleElement().asString().contains("token create --role client");
        }
    }

    @Test
    void viewersAndWebhooksTokensDoNotCount() {
        CommandRun.of("token", "create", "--role", "viewer", "--data-dir", data().toString());
        CommandRun.of("token", "create", "--role", "webhook", "--data-dir", data().toString());

        assertThat(start("--bind", "0.0.0.0", "--behind-proxy").status()).isEqualTo(2);
    }

    @Test
    void unreadablePemStopsTheStart() throws Exception {
        Path wrong = Files.writeString(directory.resolve("wrong.pem"), "not PEM");

        CommandRun refused = start("--tls-cert", wrong.toString(), "--tls-key", wrong.toString());

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err().lines()).singleElement().asString().contains(wrong.toString(), "PEM");
        assertThat(start("--tls-cert", wrong.toString()).err()).contains("given together");
    }

    @Test
    void proxiesWithoutAProxy() {
        CommandRun refused = start("--trusted-proxies", "10.0.0.1");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("means nothing without --behind-proxy");
        assertThat(start("--behind-proxy", "--trusted-proxies", "proxy.example").err())
                .contains("not an IP address");
    }

    @Test
    void guardedItStartsAndTrustsNobody() throws Exception {
        String token = CommandRun.of("token", "create", "--role", "client", "--data-dir", data().toString())
                .out()
                .strip();
        try (var sluice = RunningSluice.on(data(), Map.of("SLUICE_BIND", "0.0.0.0", "SLUICE_BEHIND_PROXY", "1"))) {
            assertThat(sluice.get("/api/threads/", "x-org-id", "acme").statusCode())
                    .isEqualTo(401);
            assertThat(sluice.get("/api/threads/", "x-org-id", "acme", "Authorization", "Bearer " + token)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void behindAProxyLoopbackIsNotTrusted() throws Exception {
        try (var sluice = RunningSluice.on(data(), Map.of("SLUICE_BEHIND_PROXY", "1"))) {
            assertThat(sluice.get("/api/threads/", "x-org-id", "acme").statusCode())
                    .isEqualTo(401);
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    private CommandRun start(String... options) {
        return CommandRun.of(
                Stream.concat(Stream.of("--port", "0", "--data-dir", data().toString()), Stream.of(options))
                        .toArray(String[]::new));
    }
}
