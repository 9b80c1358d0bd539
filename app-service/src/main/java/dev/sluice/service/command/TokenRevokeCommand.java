package dev.sluice.service.command;

import dev.sluice.service.auth.TokenRow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Revokes a token.
@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        description = {
            "Revokes a token: requests with it get 401 within a second, its open streams end within five.",
            "Nothing brings it back."
        })
final class TokenRevokeCommand implements Callable<Integer> {
    private static final int NO_SUCH_TOKEN = 1;

    @Mixin
    private final DataDirOption dataDir = new DataDirOption();

    @Parameters(paramLabel = "ID", description = "The token's id, as `token list` shows it (not the token).")
    private @Nullable String id;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in the audit.")
    private @Nullable String reason;

    @Spec
    @SuppressWarnings("NullAway.Init") // injected by picocli before call()
    private CommandSpec spec;

    TokenRevokeCommand() {}

    @Override
    public Integer call() {
        String wanted = String.valueOf(id);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Optional<TokenRow> found =
                TokenCommand.onExisting(dataDir.path(), register -> register.revoke(wanted, now, reason));
        if (found.isEmpty()) {
            // what was given may be a token by mistake: it is not repeated
            spec.commandLine().getErr().println("sluice-service: no token has this id; see `token list`");
            return NO_SUCH_TOKEN;
        }
        Instant before = found.get().revokedAt();
        spec.commandLine()
                .getOut()
                .println(before == null ? wanted + " is revoked" : wanted + " was revoked before, at " + before);
        return 0;
    }
}
