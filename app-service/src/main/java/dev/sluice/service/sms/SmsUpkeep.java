package dev.sluice.service.sms;

import dev.sluice.service.store.Database;
import dev.sluice.service.store.OutcomeUnknownException;
import dev.sluice.service.store.StoreUnavailableException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/// Removes what is old, in steps that hold the store's writer for a moment only. Works on one thread of its
/// own. Thread-safe.
final class SmsUpkeep implements AutoCloseable {
    /// How long a guid is known.
    static final Duration GUIDS = Duration.ofDays(45);

    private static final System.Logger LOG = System.getLogger(SmsUpkeep.class.getName());
    private static final Duration PERIOD = Duration.ofMinutes(10);
    private static final int STEP = 200;
    private static final int REFUSALS = 10_000;
    /// What waits is needed, however old it is.
    private static final String UNFINISHED = "NOT EXISTS (SELECT 1 FROM windows w WHERE w.id = window_id"
            + " AND w.state IN ('open', 'held', 'closed', 'claimed'))";

    private final Database db;
    private final InstantSource wall;
    private final Supplier<Duration> retention;
    private final Thread thread = Thread.ofVirtual().name("sms-upkeep").unstarted(this::run);

    /// @param retention how long texts and replies can be read
    SmsUpkeep(Database db, InstantSource wall, Supplier<Duration> retention) {
        this.db = db;
        this.wall = wall;
        this.retention = retention;
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                try {
                    sweep();
                } catch (StoreUnavailableException sick) {
                    // the next sweep finds what is left
                    LOG.log(Level.WARNING, "event=sms_upkeep_failed reason=" + sick.reason());
                } catch (OutcomeUnknownException closed) {
                    return; // interrupted: the next process sweeps
                }
                Thread.sleep(PERIOD);
            }
        } catch (InterruptedException closed) {
            LOG.log(Level.DEBUG, "event=sms_upkeep_closed");
        }
    }

    /// Removes what is due. Called by the upkeep's thread, and by tests instead of it.
    void sweep() {
        Instant now = wall.instant();
        Instant readable = now.minus(retention.get());
        step(
                "UPDATE texts SET body = NULL, digest = '' WHERE id IN (SELECT id FROM texts WHERE received_at < ?"
                        + " AND body IS NOT NULL AND " + UNFINISHED + " ORDER BY received_at LIMIT ?)",
                readable);
        step("""
                UPDATE replies SET body = NULL, digest = '' WHERE id IN (SELECT id FROM replies WHERE intent_at < ?
                    AND body IS NOT NULL AND state NOT IN ('ready', 'intent') ORDER BY intent_at LIMIT ?)\
                """, readable);
        Instant known = now.minus(GUIDS);
        step(
                "DELETE FROM texts WHERE id IN (SELECT id FROM texts WHERE id < ? AND " + UNFINISHED
                        + " ORDER BY id LIMIT ?)",
                Ids.first("t", known));
        step(
                "DELETE FROM replies WHERE id IN (SELECT id FROM replies WHERE intent_at < ?" + " AND " + UNFINISHED
                        + " LIMIT ?)",
                known);
        step("DELETE FROM windows WHERE id IN (SELECT id FROM windows WHERE ended_at < ? LIMIT ?)", known);
        step("DELETE FROM refused_texts WHERE id IN (SELECT id FROM refused_texts WHERE at < ? LIMIT ?)", known);
        floods();
    }

    private void step(String statement, Object before) {
        long touched;
        do {
            touched = db.write("remove old texts", sql -> sql.update(statement, before, STEP));
        } while (touched == STEP);
    }

    private void floods() {
        long touched;
        do {
            touched = db.write("remove refused texts", sql -> sql.update("""
                            DELETE FROM refused_texts WHERE id IN (SELECT id FROM refused_texts
                                ORDER BY at DESC, id DESC LIMIT ? OFFSET ?)\
                            """, STEP, REFUSALS));
        } while (touched == STEP);
    }
}
