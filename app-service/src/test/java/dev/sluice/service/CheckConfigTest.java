package dev.sluice.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.store.Database;
import dev.sluice.service.store.DatabaseOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class CheckConfigTest {
    @TempDir
    Path directory;

    @Test
    void allIsWellAndNothingIsMade() {
        CommandRun checked = check("--port", "0");

        assertThat(checked.status()).as(checked.out()).isZero();
        assertThat(checked.out().lines()).allMatch(line -> line.matches("(ok|note ) +\\S.*"));
        assertThat(checked.out())
                .contains("does not exist yet and can be made", "no provider key", "SMS_SENDER is log");
        assertThat(data()).doesNotExist();
    }

    @Test
    void everyWrongValueIsALine() throws IOException {
        Files.createDirectories(data());
        Files.writeString(
                data().resolve("application.yaml"),
                "coalesce-enabled: perhaps\nlinger-stream: long\nopenai-rps: many\nkimi-base-url: nowhere\n");

        CommandRun checked = check("--port", "70000", "--tls-cert", "/nonexistent.pem");

        assertThat(checked.status()).isEqualTo(1);
        assertThat(errors(checked))
                .anyMatch(line -> line.contains("SLUICE_PORT"))
                .anyMatch(line -> line.contains("LINGER_STREAM"))
                .anyMatch(line -> line.contains("COALESCE_ENABLED"))
                .anyMatch(line -> line.contains("OPENAI_RPS"))
                .anyMatch(line -> line.contains("KIMI_BASE_URL"))
                .anyMatch(line -> line.contains("SLUICE_TLS_CERT"));
    }

    @Test
    void fileThatIsNoYaml() throws IOException {
        Files.createDirectories(data());
        Files.writeString(data().resolve("application.yaml"), "a: [1\nb: }");

        CommandRun checked = check();

        assertThat(checked.status()).isEqualTo(1);
        assertThat(errors(checked)).hasSize(1);
    }

    @Test
    void portThatIsTaken() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandRun checked = check("--port", "" + taken.getLocalPort());

            assertThat(checked.status()).isEqualTo(1);
            assertThat(errors(checked)).singleElement().asString().contains("port " + taken.getLocalPort());
        }
    }

    @Test
    void directoryInUse() {
        try (var sluice = RunningSluice.on(data())) {
            CommandRun checked = check("--port", "" + sluice.port());

            assertThat(checked.status()).isEqualTo(1);
            assertThat(errors(checked))
                    .hasSize(2)
                    .anyMatch(line -> line.contains("in use by a running service"))
                    .anyMatch(line -> line.contains("cannot listen on port"));
        }
    }

    @Test
    void directoryThatIsAFile() throws IOException {
        Files.writeString(data(), "");

        CommandRun checked = check("--port", "0");

        assertThat(checked.status()).isEqualTo(1);
        assertThat(errors(checked)).singleElement().asString().contains("must be a directory");
    }

    @Test
    @DisplayName("X5 a database of a newer release is an error found")
    void newerDatabase() {
        try (var db = Database.share(data(), DatabaseOptions.defaults())) {
            db.write("upgrade", sql -> sql.update("INSERT INTO schema_version VALUES (999, 'V999__future.sql', 0)"));
        }

        CommandRun checked = check("--port", "0");

        assertThat(checked.status()).isEqualTo(1);
        assertThat(errors(checked)).singleElement().asString().contains("schema version 999");
    }

    @Test
    void unsafePlace() {
        CommandRun unsafe = check("--bind", "0.0.0.0", "--port", "0");
        assertThat(errors(unsafe)).singleElement().asString().contains("refusing to listen on 0.0.0.0");

        CommandRun.of("token", "create", "--role", "client", "--data-dir", data().toString());
        CommandRun guarded = check("--bind", "0.0.0.0", "--port", "0", "--behind-proxy");

        assertThat(guarded.status()).as(guarded.out()).isZero();
        assertThat(guarded.out()).contains("a token exists", "no --public-host", "without --trusted-proxies");
    }

    @Test
    @DisplayName("X2 keys are found, and never printed")
    void keysAreNotPrinted() throws IOException {
        Files.createDirectories(data());
        Files.writeString(data().resolve("application.yaml"), "perplexity-api-key: pplx-very-secret\n");

        CommandRun checked = check("--port", "0");

        assertThat(checked.status()).isZero();
        assertThat(checked.out()).contains("perplexity (key present)").doesNotContain("secret");
    }

    @Test
    @DisplayName("X2 what sends replies is found, what it lacks is an error, and no key is printed")
    void senderOfReplies() throws IOException {
        Files.createDirectories(data());
        Path file = data().resolve("application.yaml");
        Files.writeString(file, """
                sms-sender: smsmobileapi
                sms-mobile-api-key: very-secret
                sms-default-region: ph
                batch-webhook-url: https://example.org/batches
                """);
        CommandRun good = check("--port", "0");
        Files.writeString(
                file, "sms-sender: twilio\ntwilio-auth-token: very-secret\nsms-default-region: Philippines\n");
        CommandRun bad = check("--port", "0");

        assertThat(good.status()).as(good.out()).isZero();
        assertThat(good.out()).contains("sent by smsmobileapi", "not signed").doesNotContain("very-secret");
        assertThat(errors(bad))
                .hasSize(2)
                .anyMatch(line -> line.contains("TWILIO_ACCOUNT_SID is not set"))
                .anyMatch(line -> line.contains("SMS_DEFAULT_REGION must be a two-letter region"));
        assertThat(bad.out()).doesNotContain("very-secret");
    }

    private static List<String> errors(CommandRun checked) {
        return checked.out().lines().filter(line -> line.startsWith("error ")).toList();
    }

    private Path data() {
        return directory.resolve("data");
    }

    private CommandRun check(String... options) {
        return CommandRun.of(
                Stream.concat(Stream.of("check-config", "--data-dir", data().toString()), Stream.of(options))
                        .toArray(String[]::new));
    }
}
