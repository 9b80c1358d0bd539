package dev.sluice.service.sms;

import dev.sluice.service.store.Sql;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Remembers of people who were forgotten that they had said STOP, by a hash alone: it counts when they
/// write again.
final class Forgotten {
    private Forgotten() {}

    /// Notes that a sender who is forgotten had opted out.
    static void keepStop(Sql sql, String org, String address, Instant optedOutAt) {
        sql.update(
                "INSERT OR REPLACE INTO stopped (digest, opted_out_at) VALUES (?, ?)",
                digest(org, address),
                optedOutAt);
    }

    /// Returns when somebody who writes for the first time opted out before being forgotten; null if not.
    static @Nullable Instant takeStop(Sql sql, String org, String address) {
        String digest = digest(org, address);
        Instant found = sql.first(
                        "SELECT opted_out_at FROM stopped WHERE digest = ?", row -> row.instant("opted_out_at"), digest)
                .orElse(null);
        if (found != null) {
            sql.update("DELETE FROM stopped WHERE digest = ?", digest);
        }
        return found;
    }

    private static String digest(String org, String address) {
        return Digest.of(org.length() + ":" + org + address);
    }
}
