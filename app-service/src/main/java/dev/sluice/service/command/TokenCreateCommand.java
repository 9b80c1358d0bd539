package dev.sluice.service.command;

import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.FreshToken;
import dev.sluice.service.auth.OsUser;
import dev.sluice.service.auth.Role;
import dev.sluice.service.config.Durations;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Makes a token; its text is the only thing on standard output.
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = "Makes a token and prints it, once and alone, on standard output.",
        footer = {
            "",
            "Roles: client   uses threads and sessions, of --org alone or of the org each request names",
            "       webhook  delivers webhooks and opens nothing else",
            "       viewer   reads what operators see",
            "       operator changes settings, acts on flights and senders",
            "       admin    may do all the others may",
            "",
            "Example: TOKEN=$(packaging/sluice service token create --role client --org acme --expires 30d)"
        })
final class TokenCreateCommand implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final Pattern OWNER = Pattern.compile("[^\\p{Cntrl}]{1,100}");

    @Mixin
    private final DataDirOption dataDir = new DataDirOption();

    @Option(
            names = "--role",
            required = true,
            paramLabel = "ROLE",
            description = "client, viewer, operator, admin or webhook.")
    private @Nullable String role;

    @Option(
            names = "--org",
            paramLabel = "ORG",
            description = "The only org a client or webhook token works for. Default: all.")
    private @Nullable String org;

    @Option(names = "--owner", paramLabel = "NAME", description = "Whose it is. Default: your account's name.")
    private @Nullable String owner;

    @Option(
            names = "--expires",
            paramLabel = "DURATION",
            description = "When it stops working, from now: 30d, 12h, PT90M. Default: never.")
    private @Nullable String expires;

    @Spec
    @SuppressWarnings("NullAway.Init") // injected by picocli before call()
    private CommandSpec spec;

    TokenCreateCommand() {}

    @Override
    public Integer call() {
        Role wanted = role();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Duration life = life();
        var fresh = FreshToken.make(
                new SecureRandom(), owner(), wanted, org(wanted), now, life == null ? null : now.plus(life));
        TokenCommand.on(dataDir.path(), register -> {
            register.insert(fresh.row());
            return fresh.row();
        });
        var err = spec.commandLine().getErr();
        err.println(fresh.row().id() + ": " + wanted.wireName() + " token of "
                + fresh.row().owner() + ", for " + Optional.ofNullable(org).orElse("all orgs") + ", "
                + (life == null ? "without end" : "until " + fresh.row().expiresAt())
                + ". It is shown this once:");
        err.flush();
        var out = spec.commandLine().getOut();
        out.println(fresh.text());
        out.flush();
        return 0;
    }

    private Role role() {
        return Role.parse(String.valueOf(role))
                .orElseThrow(() -> usage("--role must be client, viewer, operator, admin or webhook."));
    }

    private @Nullable String org(Role wanted) {
        if (org != null && !Caller.isOrg(org)) {
            throw usage("--org must be 1 to 64 of A-Z a-z 0-9 . _ -");
        }
        if (org != null && wanted != Role.CLIENT && wanted != Role.WEBHOOK) {
            throw usage("--org is for client and webhook tokens: a " + wanted.wireName() + " sees the whole service.");
        }
        return org;
    }

    private String owner() {
        String name = owner == null ? OsUser.name() : owner.strip();
        if (!OWNER.matcher(name).matches()) {
            throw usage("--owner must be 1 to 100 printable characters.");
        }
        return name;
    }

    private @Nullable Duration life() {
        if (expires == null) {
            return null;
        }
        Duration life;
        try {
            life = Durations.parse("--expires", expires);
        } catch (IllegalArgumentException malformed) {
            throw usage(String.valueOf(malformed.getMessage()));
        }
        if (life.isZero() || life.compareTo(LONGEST) > 0) {
            throw usage("--expires must be more than nothing and at most " + LONGEST.toDays() + "d.");
        }
        return life;
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
