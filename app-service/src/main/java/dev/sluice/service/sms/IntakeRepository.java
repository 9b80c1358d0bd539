package dev.sluice.service.sms;

import dev.sluice.service.consolidate.WindowHead;
import dev.sluice.service.consolidate.WindowRules;
import dev.sluice.service.store.Database;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Stores texts that arrive: the text, the key it is known by and its window's deadline in one transaction.
/// Thread-safe.
final class IntakeRepository {
    private final Database db;
    private final Ids ids;

    IntakeRepository(Database db, Ids ids) {
        this.db = db;
        this.ids = ids;
    }

    /// Stores texts, all or none; the future completes, on a virtual thread, once they are durable.
    ///
    /// @param now steady, what deadlines are counted from
    /// @param wall the wall clock's time, what is told to people
    /// @param rules those of windows that open with these texts; others keep their own
    /// @param paused whether no window may close now, unless with the text that opens it
    CompletableFuture<Intake> store(
            List<Arrival> arrivals,
            Instant now,
            Instant wall,
            WindowRules rules,
            boolean paused,
            long settingsVersion) {
        // what can be said without the database is said before it is held
        List<Message> messages = arrivals.stream()
                .map(arrival -> Message.of(arrival, ids.next("t", wall)))
                .toList();
        return db.writeAsync("store texts", sql -> {
            var step = new IntakeStep(sql, ids, now, wall, rules, paused, settingsVersion);
            var receipts = messages.stream().map(step::store).toList();
            return new Intake(receipts, step.heads());
        });
    }

    /// What was stored.
    ///
    /// @param receipts one for each arrival, in their order
    /// @param heads the windows that changed, or that a repeated text is in
    record Intake(List<Receipt> receipts, List<WindowHead> heads) {}
}
