package dev.sluice.service.sms;

import dev.sluice.service.consolidate.Gathering;
import dev.sluice.service.consolidate.WindowRules;
import dev.sluice.service.consolidate.WindowState;
import dev.sluice.service.store.Row;
import dev.sluice.service.store.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is known of a text's sender when it comes, and of the text itself.
///
/// @param id the sender's
/// @param ownWindow how long the sender's windows are; null if as long as everybody's
/// @param open the window that gathers; null if none does
/// @param repeats whether the text's guid is known
/// @param twin the text that this one repeats under another guid; null if there is none
record KnownSender(
        String id,
        boolean optedOut,
        @Nullable Duration ownWindow,
        @Nullable Open open,
        boolean repeats,
        @Nullable String twin) {
    private static final Duration TWIN = Duration.ofSeconds(10);

    /// Returns one of whom nothing was known so far.
    static KnownSender newcomer(String id, boolean optedOut) {
        return new KnownSender(id, optedOut, null, null, false, null);
    }

    /// Asks for everything at once: this runs for each text that comes.
    ///
    /// @param said when the text was said
    static Optional<KnownSender> of(Sql sql, Message message, Instant said) {
        Arrival arrival = message.arrival();
        return sql.first(
                """
                SELECT s.id AS sender, s.opted_out_at AS opted_out_at, s.own_window_ms AS own_window_ms,
                    w.id AS id, w.number AS number, w.opened_at AS opened_at, w.latest_at AS latest_at,
                    w.deadline_at AS deadline_at, w.items AS items, w.bytes AS bytes, w.state AS state,
                    w.slide_ms AS slide_ms, w.cap_ms AS cap_ms,
                    EXISTS (SELECT 1 FROM texts WHERE account = ? AND guid = ?) AS repeats,
                    (SELECT t.id FROM texts t JOIN windows o ON o.id = t.window_id
                        WHERE t.sender_id = s.id AND t.said_at BETWEEN ? AND ? AND t.digest = ?
                            AND t.twin_of IS NULL AND o.state <> 'dropped' ORDER BY t.said_at LIMIT 1) AS twin
                FROM senders s
                LEFT JOIN windows w ON w.sender_id = s.id AND w.state IN ('open', 'held')
                WHERE s.org = ? AND s.address = ?\
                """,
                KnownSender::of,
                arrival.account(),
                arrival.guid(),
                said.minus(TWIN),
                said.plus(TWIN),
                message.digest(),
                arrival.org(),
                arrival.from().value());
    }

    private static KnownSender of(Row row) {
        Long own = row.numberOrNull("own_window_ms");
        String window = row.textOrNull("id");
        return new KnownSender(
                row.text("sender"),
                row.instantOrNull("opted_out_at") != null,
                own == null ? null : Duration.ofMillis(own),
                window == null ? null : Open.of(row, window),
                row.flag("repeats"),
                row.textOrNull("twin"));
    }

    /// A window that gathers.
    ///
    /// @param slide how far each text moves the deadline; null if none does
    record Open(
            String id,
            int number,
            Gathering gathering,
            @Nullable Duration slide,
            Duration cap) {
        private static Open of(Row row, String id) {
            Long slide = row.numberOrNull("slide_ms");
            Long cap = row.numberOrNull("cap_ms");
            return new Open(
                    id,
                    (int) row.number("number"),
                    new Gathering(
                            row.instant("opened_at"),
                            row.instant("latest_at"),
                            row.instant("deadline_at"),
                            (int) row.number("items"),
                            row.number("bytes"),
                            row.text("state").equals(WindowState.HELD.wireName())),
                    slide == null ? null : Duration.ofMillis(slide),
                    Duration.ofMillis(cap == null ? 0 : cap));
        }

        /// Returns the rules it was opened under, with the room that windows have now.
        WindowRules rules(WindowRules now) {
            return new WindowRules(
                    slide == null ? Duration.ZERO : slide, slide != null, cap, now.maxItems(), now.maxBytes());
        }
    }
}
