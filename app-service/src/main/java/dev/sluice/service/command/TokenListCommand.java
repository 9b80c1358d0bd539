package dev.sluice.service.command;

import dev.sluice.service.auth.TokenRow;
import dev.sluice.service.ops.TokenRegister;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Lists all tokens ever made, without their texts, which nobody has.
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists all tokens ever made, oldest first, never their texts. Times are UTC.")
final class TokenListCommand implements Callable<Integer> {
    private static final List<String> HEAD =
            List.of("ID", "ROLE", "ORG", "OWNER", "CREATED", "EXPIRES", "LAST USED", "REVOKED");

    @Mixin
    private final DataDirOption dataDir = new DataDirOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // injected by picocli before call()
    private CommandSpec spec;

    TokenListCommand() {}

    @Override
    public Integer call() {
        List<TokenRow> rows = TokenCommand.onExisting(dataDir.path(), TokenRegister::list);
        print(
                spec.commandLine().getOut(),
                Stream.concat(Stream.of(HEAD), rows.stream().map(TokenListCommand::cells))
                        .toList());
        return 0;
    }

    private static List<String> cells(TokenRow row) {
        return List.of(
                row.id(),
                row.role(),
                row.org() == null ? "(all)" : row.org(),
                row.owner(),
                time(row.createdAt()),
                time(row.expiresAt()),
                time(row.lastUsedAt()),
                time(row.revokedAt()));
    }

    private static String time(@Nullable Instant at) {
        return at == null ? "-" : at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static void print(PrintWriter out, List<List<String>> table) {
        int[] widths = IntStream.range(0, HEAD.size())
                .map(i -> table.stream()
                        .mapToInt(cells -> cells.get(i).length())
                        .max()
                        .orElse(0))
                .toArray();
        for (List<String> cells : table) {
            var line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(cells.get(i)).repeat(' ', widths[i] - cells.get(i).length() + 2);
            }
            out.println(line.toString().stripTrailing());
        }
        out.flush();
    }
}
