package dev.sluice.service.ops;

import dev.sluice.model.ops.ConditionView;
import dev.sluice.model.ops.ProviderView;
import dev.sluice.service.config.Setting;
import dev.sluice.service.config.Settings;
import dev.sluice.service.http.HttpCounts;
import dev.sluice.service.http.Incidents;
import dev.sluice.service.session.SessionStats;
import dev.sluice.service.store.Database;
import dev.sluice.service.store.StoreFailure;
import dev.sluice.service.thread.UnstoredTurns;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Everything that can go wrong here, and whether it does. Thread-safe.
final class Conditions {
    /// How long something that is over is still worth a look.
    private static final Duration RECENT = Duration.ofMinutes(10);

    private final Database database;
    private final Supplier<HttpCounts> http;
    private final Supplier<Backlog> turns;
    private final Supplier<SessionStats> sessions;
    private final Settings settings;
    private final AuditVerifier verifier;
    private final SettingsReverts reverts;
    private final InstantSource clock;
    private final Incidents outbound;
    private final ProviderWatch providers = new ProviderWatch();

    Conditions(
            Database database,
            Supplier<HttpCounts> http,
            Supplier<Backlog> turns,
            Supplier<SessionStats> sessions,
            Settings settings,
            AuditVerifier verifier,
            SettingsReverts reverts,
            InstantSource clock) {
        this.database = database;
        this.http = http;
        this.turns = turns;
        this.sessions = sessions;
        this.settings = settings;
        this.verifier = verifier;
        this.reverts = reverts;
        this.clock = clock;
        this.outbound = new Incidents(clock);
        settings.onChange(changed -> {
            if (changed.contains(Setting.OUTBOUND) && !open()) {
                outbound.count();
            }
        });
        if (!open()) {
            outbound.count();
        }
    }

    /// Returns all conditions, in a fixed order.
    List<ConditionView> look(List<ProviderView> views) {
        Instant now = clock.instant();
        var counts = http.get();
        var all = new ArrayList<ConditionView>(
                List.of(store(now), turns(), sessions(), audit(now), outbound(), pendingReverts()));
        views.forEach(view -> all.add(providers.look(view, now)));
        all.add(happened(
                "readers-dropped",
                "warning",
                counts.readersDropped(),
                now,
                "Connections were closed whose clients did not read.",
                "All clients read what they are sent."));
        all.add(happened(
                "browser-refused",
                "notice",
                counts.browserRefusals(),
                now,
                "Requests of foreign pages, or for another host, were refused.",
                "No foreign page asks."));
        return List.copyOf(all);
    }

    private ConditionView store(Instant now) {
        var last = database.lastFailure();
        Instant lastAt = last.map(StoreFailure::at).orElse(null);
        if (!database.healthy()) {
            String why = last.map(Conditions::why).orElse("The disk refuses writes.");
            return condition(
                    "store",
                    "critical",
                    why + " Nothing is stored or acknowledged; it recovers by itself.",
                    database.refusals(),
                    lastAt);
        }
        if (recent(lastAt, now)) {
            String why = last.map(Conditions::why).orElse("The disk refused writes.");
            return condition("store", "notice", "Well again. Before: " + why, database.refusals(), lastAt);
        }
        return condition("store", "ok", "Writes reach the disk.", database.refusals(), lastAt);
    }

    private ConditionView turns() {
        Backlog backlog = turns.get();
        Instant oldest = backlog.oldest();
        if (backlog.waiting() > 0) {
            return condition(
                    "turns",
                    "warning",
                    backlog.waiting() + " answered turns wait to be stored; their clients were told.",
                    backlog.lost(),
                    oldest);
        }
        return backlog.lost() > 0
                ? condition(
                        "turns",
                        "notice",
                        backlog.lost() + " answered turns could never be stored.",
                        backlog.lost(),
                        null)
                : condition("turns", "ok", "Every answered turn is stored.", 0, null);
    }

    private ConditionView sessions() {
        SessionStats stats = sessions.get();
        if (stats.refusing()) {
            return condition(
                    "sessions",
                    "warning",
                    stats.waiting()
                            + " sessions wait to be stored; those of chats go on, others have ended in an error.",
                    stats.lost(),
                    null);
        }
        return stats.lost() > 0
                ? condition(
                        "sessions",
                        "notice",
                        stats.lost() + " sessions could never be stored; their turns are kept apart from them.",
                        stats.lost(),
                        null)
                : condition("sessions", "ok", "Every session is stored as it grows.", 0, null);
    }

    private static String why(StoreFailure failure) {
        return switch (failure.reason()) {
            case DISK_FULL -> "The disk is full.";
            case LOCKED -> "Another process holds the database.";
            default -> "The disk or the database file fails.";
        };
    }

    private ConditionView audit(Instant now) {
        var chain = verifier.state();
        return chain.intact()
                ? condition("audit", "ok", "The chain is whole up to entry " + chain.checked() + ".", 0, null)
                : condition(
                        "audit",
                        "critical",
                        "Entry " + chain.brokenAt() + " is missing or not what was written.",
                        1,
                        verifier.brokenSince().orElse(now));
    }

    private ConditionView outbound() {
        var seen = outbound.seen();
        return switch (settings.value(Setting.OUTBOUND)) {
            case "on" -> condition("outbound", "ok", "Providers are called, replies are sent.", seen);
            case "stop" -> condition("outbound", "critical", "Stopped: no provider is called, no reply is sent.", seen);
            default -> condition("outbound", "warning", "Replies are held; providers are called.", seen);
        };
    }

    private ConditionView pendingReverts() {
        var pending = settings.stored().reverts();
        Instant lastAt = reverts.lastAt().orElse(null);
        if (pending.isEmpty()) {
            return condition("reverts", "ok", "No setting is changed for a time only.", reverts.count(), lastAt);
        }
        var next = pending.entrySet().stream()
                .min((a, b) -> a.getValue().at().compareTo(b.getValue().at()))
                .orElseThrow();
        return condition(
                "reverts",
                "notice",
                pending.size() + (pending.size() == 1 ? " setting goes" : " settings go") + " back by "
                        + (pending.size() == 1 ? "itself" : "themselves") + "; next " + next.getKey() + " at "
                        + next.getValue().at() + ".",
                reverts.count(),
                lastAt);
    }

    private ConditionView happened(
            String name, String level, Incidents.Seen seen, Instant now, String trouble, String well) {
        boolean recent = recent(seen.lastAt(), now);
        return condition(name, recent ? level : "ok", recent ? trouble : well, seen);
    }

    private boolean open() {
        return settings.value(Setting.OUTBOUND).equals("on");
    }

    private static boolean recent(@Nullable Instant at, Instant now) {
        return at != null && at.plus(RECENT).isAfter(now);
    }

    private static ConditionView condition(String name, String level, String detail, Incidents.Seen seen) {
        return condition(name, level, detail, seen.count(), seen.lastAt());
    }

    private static ConditionView condition(
            String name, String level, String detail, long count, @Nullable Instant lastAt) {
        return new ConditionView(name, level, detail, count, lastAt);
    }

    /// Answered turns that are not stored.
    ///
    /// @param waiting how many are tried again
    /// @param oldest since when the oldest of them waits; null if none does
    /// @param lost how many were given up since start
    record Backlog(int waiting, @Nullable Instant oldest, long lost) {
        static final Backlog NONE = new Backlog(0, null, 0);

        static Backlog of(UnstoredTurns turns) {
            return new Backlog(turns.count(), turns.oldest().orElse(null), turns.lost());
        }
    }
}
