package dev.sluice.service.auth;

import static dev.sluice.service.auth.AuthRefusal.Reason;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Stand-ins for a token in the URL of an event stream, where a browser cannot send headers.
///
/// A ticket opens one path, for reading, in the name of the caller who asked for it. It must be used within
/// a minute; then it opens the path again for an hour after it was issued, so that a browser's own
/// reconnects succeed. It is worth nothing once its caller's token is, and after a restart. Only its hash
/// is kept, in memory. Thread-safe.
public final class Tickets {
    /// How soon a ticket must be used for the first time.
    public static final Duration FIRST_USE = Duration.ofMinutes(1);

    /// How long after it was issued a used ticket still opens its path.
    public static final Duration REUSE = Duration.ofHours(1);

    private static final int BYTES = 32;
    private static final int MOST = 10_000;
    private static final int MOST_PER_CALLER = 100;

    private final Auth auth;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    // oldest first; guarded by itself
    private final Map<String, Issued> byHash = new LinkedHashMap<>();

    public Tickets(Auth auth, InstantSource clock) {
        this.auth = auth;
        this.clock = clock;
    }

    /// Issues a ticket; of the tickets of one caller, and of all, the oldest make room.
    ///
    /// @param path the path it opens, undecoded
    public Ticket issue(Caller caller, String path) {
        var secret = new byte[BYTES];
        random.nextBytes(secret);
        String text = "tkt_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        Instant now = clock.instant();
        synchronized (byHash) {
            byHash.values().removeIf(issued -> !issued.worksAt(now));
            if (byHash.values().stream().filter(of(caller)).count() >= MOST_PER_CALLER) {
                removeOldest(of(caller));
            } else if (byHash.size() >= MOST) {
                removeOldest(_ -> true);
            }
            byHash.put(FreshToken.sha256(text), new Issued(path, caller, now, false));
        }
        return new Ticket(text, now.plus(FIRST_USE));
    }

    /// Returns in whose name a ticket opens a path.
    ///
    /// @throws AuthRefusal if it does not
    public Caller redeem(String text, String path) {
        Instant now = clock.instant();
        String hash = FreshToken.sha256(text);
        Optional<Caller> caller;
        synchronized (byHash) {
            caller = Optional.ofNullable(byHash.get(hash))
                    .filter(issued -> issued.worksAt(now) && issued.path().equals(path))
                    .map(Issued::caller);
            caller.ifPresent(_ -> byHash.computeIfPresent(hash, (_, issued) -> issued.used()));
        }
        return caller.filter(known -> auth.standing().test(known))
                .orElseThrow(() -> new AuthRefusal(
                        Reason.BAD_TOKEN,
                        "the ticket is unknown, expired, revoked or for another path: ask for a new"
                                + " one at POST /api/tickets"));
    }

    private static Predicate<Issued> of(Caller caller) {
        return issued -> issued.caller().equals(caller);
    }

    private void removeOldest(Predicate<Issued> among) {
        var tickets = byHash.values().iterator();
        while (tickets.hasNext()) {
            if (among.test(tickets.next())) {
                tickets.remove();
                return;
            }
        }
    }

    /// A ticket just issued: the only moment its text exists here. Its text form hides it.
    ///
    /// @param expiresAt until when it must be used for the first time
    public record Ticket(String text, Instant expiresAt) {
        @Override
        public String toString() {
            return "Ticket[expiresAt=" + expiresAt + "]";
        }
    }

    private record Issued(String path, Caller caller, Instant at, boolean usedBefore) {
        boolean worksAt(Instant now) {
            return !now.isBefore(at) && now.isBefore(at.plus(usedBefore ? REUSE : FIRST_USE));
        }

        Issued used() {
            return new Issued(path, caller, at, true);
        }
    }
}
