package dev.sluice.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.ops.AuditView;
import dev.sluice.service.auth.FreshToken;
import dev.sluice.service.auth.OsUser;
import dev.sluice.service.auth.Role;
import dev.sluice.service.ops.AuditRepository;
import dev.sluice.service.ops.TokenRegister;
import dev.sluice.service.store.DataDirectory;
import dev.sluice.service.store.Database;
import dev.sluice.service.store.DatabaseOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class TokenCommandTest {
    @TempDir
    Path directory;

    @Test
    @DisplayName("X2 the token is printed once, alone on standard output")
    void createPrintsTheTokenAlone() {
        CommandRun made = run("token create --role client --org acme --owner ann --expires 30d");

        assertThat(made.status()).isZero();
        assertThat(made.out().lines()).singleElement().asString().matches("slc_[A-Za-z0-9_-]{43}");
        assertThat(made.err())
                .contains("client token of ann, for acme")
                .doesNotContain(made.out().strip());
        assertThat(audit().latest(10)).singleElement().satisfies(entry -> {
            assertThat(entry.actor()).isEqualTo(OsUser.name());
            assertThat(entry.action()).isEqualTo("token.created");
            assertThat(entry.after())
                    .contains("\"role\":\"client\"", "\"org\":\"acme\"")
                    .doesNotContain("slc_");
        });
    }

    @Test
    @DisplayName("X2 the list shows everything but the token")
    void listShowsWhatIsKnown() {
        String token = run("token create --role client --org acme --owner ann --expires 30d")
                .out()
                .strip();
        run("token create --role operator");
        String id = id(0);
        run("token revoke " + id);

        List<String> lines = run("token list").out().lines().toList();

        assertThat(lines).hasSize(3);
        assertThat(lines.getFirst()).matches("ID +ROLE +ORG +OWNER +CREATED +EXPIRES +LAST USED +REVOKED");
        String time = " +\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";
        assertThat(lines.get(1)).matches(id + " +client +acme +ann" + time + time + " +-" + time);
        assertThat(lines.get(2)).matches("tok_\\w+ +operator +\\(all\\) +" + OsUser.name() + time + " +- +- +-");
        assertThat(lines).noneMatch(line -> line.contains(token) || line.contains("slc_"));
    }

    @Test
    void revokedOnceAndSaidTwice() {
        run("token create --role viewer");
        String id = id(0);

        assertThat(run("token revoke " + id + " --reason lost").status()).isZero();
        CommandRun again = run("token revoke " + id);

        assertThat(again.status()).isZero();
        assertThat(again.out()).contains("was revoked before");
        assertThat(audit().latest(10)).hasSize(2).first().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("token.revoked");
            assertThat(entry.subject()).isEqualTo(id);
            assertThat(entry.reason()).isEqualTo("lost");
        });
    }

    @Test
    @DisplayName("X2 a token given where its id was meant is not repeated")
    void tokenInPlaceOfItsIdIsNotRepeated() {
        String token = run("token create --role viewer").out().strip();

        CommandRun refused = run("token revoke " + token);

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("no token has this id").doesNotContain(token);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token create",
                "token create --role king",
                "token create --role operator --org acme",
                "token create --role client --org a/b",
                "token create --role client --expires soon",
                "token create --role client --expires 0",
                "token create --role client --expires 4000d",
                "token revoke",
                "token"
            })
    void wrongUseIsStatusTwo(String line) {
        assertThat(run(line).status()).isEqualTo(2);
        assertThat(DataDirectory.databaseFile(directory)).doesNotExist();
    }

    @Test
    void optionBeforeTheCommandIsNotLost() {
        CommandRun refused = CommandRun.of("--data-dir", directory.toString(), "token", "list");

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err()).contains("after its name");
    }

    @Test
    void listOfNothingMakesNothing() {
        Path absent = directory.resolve("absent");

        CommandRun refused = CommandRun.of("token", "list", "--data-dir", absent.toString());

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err().lines()).singleElement().asString().contains("no Sluice database in");
        assertThat(Files.exists(absent)).isFalse();
    }

    @Test
    @DisplayName("X6 the chain stays whole while a service and commands append at the same time")
    void chainStaysWholeBesideAService() throws Exception {
        int each = 60;
        try (var sluice = RunningSluice.on(directory)) {
            int before = audit().latest(1_000).size();
            List<Thread> others = Stream.generate(() -> Thread.ofPlatform().start(() -> create(each)))
                    .limit(2)
                    .toList();
            for (int i = 0; i < 5; i++) {
                assertThat(run("token create --role viewer").status()).isZero();
            }
            for (Thread other : others) {
                other.join();
            }

            assertThat(audit().verifyChain()).isEmpty();
            assertThat(audit().latest(1_000)).hasSize(before + 2 * each + 5);
            assertThat(sluice.get("/api/ops/audit", "Authorization", "Bearer " + sluice.operatorToken())
                            .body())
                    .contains("\"intact\":true");
        }
    }

    @Test
    @DisplayName("X5 the commands refuse a database of a newer release")
    void newerDatabaseIsRefused() {
        run("token create --role viewer");
        change("INSERT INTO schema_version VALUES (999, 'V999__future.sql', 0)");

        assertThat(run("token list").err().lines()).singleElement().asString().contains("schema version 999");
    }

    @Test
    @DisplayName("X5 the commands do not migrate a database under a service that runs")
    void olderDatabaseInUseIsRefused() {
        run("token create --role viewer");
        change("DELETE FROM schema_version WHERE version > 1");
        try (var _ = DataDirectory.open(directory)) {
            CommandRun refused = run("token list");

            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.err()).contains("is in use");
        }
    }

    private void change(String statement) {
        var options = DatabaseOptions.defaults();
        try (var db = Database.share(directory, options)) {
            db.write("change", sql -> sql.update(statement));
        }
    }

    private void create(int count) {
        try (var db = Database.share(directory, DatabaseOptions.defaults())) {
            var register = new TokenRegister(db, "another process");
            for (int i = 0; i < count; i++) {
                register.insert(FreshToken.make(new SecureRandom(), "x", Role.VIEWER, null, Instant.now(), null)
                        .row());
            }
        }
    }

    private StoredAudit audit() {
        return new StoredAudit(directory);
    }

    private String id(int row) {
        return run("token list")
                .out()
                .lines()
                .skip(1 + row)
                .findFirst()
                .orElseThrow()
                .split(" ", 2)[0];
    }

    private CommandRun run(String line) {
        List<String> arguments = Stream.concat(
                        Arrays.stream(line.split(" ")),
                        line.equals("token") ? Stream.empty() : Stream.of("--data-dir", directory.toString()))
                .toList();
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    /// The audit, read through a connection of its own each time.
    private record StoredAudit(Path directory) {
        List<AuditView.Entry> latest(int limit) {
            try (var db = Database.share(directory, DatabaseOptions.defaults())) {
                return new AuditRepository(db).latest(limit);
            }
        }

        OptionalLong verifyChain() {
            try (var db = Database.share(directory, DatabaseOptions.defaults())) {
                return new AuditRepository(db).verifyChain();
            }
        }
    }
}
