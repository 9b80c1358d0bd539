package dev.sluice.service.command;

import dev.sluice.service.auth.OsUser;
import dev.sluice.service.ops.TokenRegister;
import dev.sluice.service.store.DataDirectory;
import dev.sluice.service.store.Database;
import dev.sluice.service.store.DatabaseOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import picocli.CommandLine.Command;

/// Makes, lists and revokes tokens, whether the service runs or not.
///
/// The commands open the SQLite file beside the service instead of asking it over HTTP. So they work before
/// the first start (which the service refuses off loopback while there is no token) and while it hangs,
/// need no admin token to make the first one, and ask for just what such a command should: an account that
/// may write the data directory. SQLite orders the transactions of the two processes; each of ours is
/// short, takes the write lock first, and holds a token's change together with its entry in the audit, so
/// the audit's chain stays whole. The running service looks at the tokens again within a second.
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        subcommands = {TokenCreateCommand.class, TokenListCommand.class, TokenRevokeCommand.class},
        description = "Makes, lists and revokes tokens, while the service runs or not.",
        footer = {
            "",
            "The first client token ends trust mode within a second; revoking the last one does not bring it back.",
            "What is done is in the audit (GET /api/ops/audit) under the name of your account."
        })
public final class TokenCommand {
    /// How long to wait for the running service to finish a commit.
    private static final DatabaseOptions OPTIONS = DatabaseOptions.defaults().withBusyTimeout(Duration.ofSeconds(10));

    TokenCommand() {}

    /// Works on the tokens of a data directory, which is made if it is not there.
    static <T> T on(Path directory, Function<TokenRegister, T> work) {
        try (var db = Database.share(directory, OPTIONS)) {
            return work.apply(new TokenRegister(db, OsUser.name()));
        }
    }

    /// Works on the tokens of a data directory that is there.
    ///
    /// @throws IllegalArgumentException if no service ever ran on it and no token was made
    static <T> T onExisting(Path directory, Function<TokenRegister, T> work) {
        if (!Files.exists(DataDirectory.databaseFile(directory))) {
            throw new IllegalArgumentException("there is no Sluice database in " + directory
                    + ": name the service's data directory with --data-dir or SLUICE_HOME");
        }
        return on(directory, work);
    }
}
