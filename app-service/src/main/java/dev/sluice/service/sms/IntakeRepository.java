package dev.sluice.service.sms;

import dev.sluice.service.consolidate.Gathering;
import dev.sluice.service.consolidate.Gathering.Placement;
import dev.sluice.service.consolidate.Urgency;
import dev.sluice.service.consolidate.WindowHead;
import dev.sluice.service.consolidate.WindowRules;
import dev.sluice.service.consolidate.WindowState;
import dev.sluice.service.sms.text.ConsentWord;
import dev.sluice.service.store.Database;
import dev.sluice.service.store.Row;
import dev.sluice.service.store.Sql;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Stores texts that arrive: the text, the key it is known by and its window's deadline in one transaction.
/// Thread-safe.
final class IntakeRepository {
    private static final Duration TRUSTED = Duration.ofMinutes(10);
    private static final Duration TWIN = Duration.ofSeconds(10);

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
        List<Message> messages = arrivals.stream().map(Message::of).toList();
        return db.writeAsync("store texts", sql -> {
            var step = new Step(sql, now, wall, rules, paused, settingsVersion);
            var receipts = messages.stream().map(step::store).toList();
            return new Intake(receipts, List.copyOf(step.heads));
        });
    }

    /// What was stored.
    ///
    /// @param receipts one for each arrival, in their order
    /// @param heads the windows that changed, or that a repeated text is in
    record Intake(List<Receipt> receipts, List<WindowHead> heads) {}

    /// One transaction.
    private final class Step {
        private final Sql sql;
        private final Instant now;
        private final Instant wall;
        private final WindowRules rules;
        private final boolean paused;
        private final long version;
        private final List<WindowHead> heads = new ArrayList<>();

        Step(Sql sql, Instant now, Instant wall, WindowRules rules, boolean paused, long version) {
            this.sql = sql;
            this.now = now;
            this.wall = wall;
            this.rules = rules;
            this.paused = paused;
            this.version = version;
        }

        Receipt store(Message message) {
            Arrival arrival = message.arrival;
            Instant said = said(arrival.providerTime());
            var known = known(arrival, message.digest, said);
            // of a sender who is new the text may still be known: somebody else's, under the same guid
            var before = known.map(Known::repeats).orElse(true) ? before(arrival) : Optional.<Before>empty();
            if (before.isPresent()) {
                return repeated(before.get(), message.digest);
            }
            Known sender = known.orElseGet(() -> newcomer(arrival));
            Optional<ConsentWord> word = message.consent(sender.optedOut);
            WindowRules own = sender.ownWindow == null ? rules : rules.withWindow(sender.ownWindow);
            var placement = place(sender.open, message.bytes, urgency(word), own);
            Target target = gather(arrival, sender, placement, own, word);
            insert(arrival, sender.id, target, message.digest, said, sender.twin);
            word.ifPresent(consent -> mark(sender.id, consent));
            return new Receipt.Stored(target.id, placement.after().items(), placement.opens(), sender.twin != null);
        }

        private Placement place(@Nullable Open open, long bytes, Urgency urgency, WindowRules own) {
            if (open == null) {
                return Gathering.place(null, now, bytes, urgency, own);
            }
            var gathering = paused && urgency == Urgency.NONE ? open.gathering.kept() : open.gathering;
            var there = Gathering.place(gathering, now, bytes, urgency, open.rules(own));
            return there.opens() ? Gathering.place(gathering, now, bytes, urgency, own) : there;
        }

        private Optional<Before> before(Arrival arrival) {
            return sql.first(
                    """
                    SELECT t.id AS text_id, t.digest AS digest, w.id AS id, w.sender_id AS sender_id,
                        w.number AS number, w.state AS state, w.deadline_at AS deadline_at
                    FROM texts t JOIN windows w ON w.id = t.window_id WHERE t.account = ? AND t.guid = ?\
                    """,
                    row -> new Before(row.text("text_id"), row.text("digest"), WindowRepository.head(row)),
                    arrival.account(),
                    arrival.guid());
        }

        private Receipt repeated(Before before, String digest) {
            // nothing is known any more of a text that was forgotten
            boolean conflict = !before.digest.isEmpty() && !before.digest.equals(digest);
            if (conflict) {
                sql.update("UPDATE texts SET conflicts = conflicts + 1 WHERE id = ?", before.textId);
            }
            heads.add(before.head);
            return new Receipt.Duplicate(before.head.id(), conflict);
        }

        /// Asks for everything at once: this runs for each text that comes.
        private Optional<Known> known(Arrival arrival, String digest, Instant said) {
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
                    Known::of,
                    arrival.account(),
                    arrival.guid(),
                    said.minus(TWIN),
                    said.plus(TWIN),
                    digest,
                    arrival.org(),
                    arrival.from().value());
        }

        private Known newcomer(Arrival arrival) {
            var address = arrival.from();
            String id = ids.next("s", wall);
            Instant optedOut = Forgotten.takeStop(sql, arrival.org(), address.value());
            sql.update(
                    "INSERT INTO senders (id, org, address, kind, region, created_at, opted_out_at)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    id,
                    arrival.org(),
                    address.value(),
                    address.kind().name().toLowerCase(Locale.ROOT),
                    address.region(),
                    wall,
                    optedOut);
            return new Known(id, optedOut != null, null, null, false, null);
        }

        private Target gather(
                Arrival arrival, Known sender, Placement placement, WindowRules own, Optional<ConsentWord> word) {
            Open open = sender.open;
            if (open != null && placement.closesOpen() != null) {
                sql.update(
                        "UPDATE windows SET state = 'closed', closed_at = ?, close_reason = ? WHERE id = ?",
                        now,
                        placement.closesOpen().wireName(),
                        open.id);
                heads.add(
                        new WindowHead(open.id, sender.id, open.number, WindowState.CLOSED, open.gathering.deadline()));
            }
            WindowState state = placement.closes() != null ? WindowState.CLOSED : WindowState.OPEN;
            var after = placement.after();
            if (open != null && !placement.opens()) {
                state = open.gathering.held() ? WindowState.HELD : state;
                extend(open.id, after, state, placement);
                heads.add(new WindowHead(open.id, sender.id, open.number, state, after.deadline()));
                return new Target(open.id, after.items());
            }
            String id = ids.next("w", wall);
            int number = 1
                    + (int) sql.number(
                            "SELECT COALESCE(MAX(number), 0) AS n FROM windows WHERE sender_id = ?", sender.id);
            sql.update(
                    """
                    INSERT INTO windows (id, sender_id, org, number, state, opened_at, latest_at, deadline_at, length_ms,
                        slide_ms, cap_ms, own_rules, items, bytes, consent, settings_version, closed_at, close_reason)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
                    """,
                    id,
                    sender.id,
                    arrival.org(),
                    number,
                    state.wireName(),
                    after.openedAt(),
                    after.latestAt(),
                    after.deadline(),
                    own.window().toMillis(),
                    own.sliding() ? own.window().toMillis() : null,
                    own.sliding() ? own.cap().toMillis() : null,
                    sender.ownWindow != null,
                    after.items(),
                    after.bytes(),
                    word.map(each -> each.name().toLowerCase(Locale.ROOT)).orElse(null),
                    version,
                    placement.closes() == null ? null : now,
                    placement.closes() == null ? null : placement.closes().wireName());
            heads.add(new WindowHead(id, sender.id, number, state, after.deadline()));
            return new Target(id, after.items());
        }

        private void extend(String id, Gathering after, WindowState state, Placement placement) {
            if (placement.closes() == null) {
                // its state stays as it is: naming it would touch every index that depends on it
                sql.update(
                        "UPDATE windows SET latest_at = ?, deadline_at = ?, items = ?, bytes = ? WHERE id = ?",
                        after.latestAt(),
                        after.deadline(),
                        after.items(),
                        after.bytes(),
                        id);
                return;
            }
            sql.update(
                    """
                    UPDATE windows SET latest_at = ?, deadline_at = ?, items = ?, bytes = ?, state = ?, closed_at = ?,
                        close_reason = ? WHERE id = ?\
                    """,
                    after.latestAt(),
                    after.deadline(),
                    after.items(),
                    after.bytes(),
                    state.wireName(),
                    now,
                    placement.closes().wireName(),
                    id);
        }

        private void insert(
                Arrival arrival, String sender, Target target, String digest, Instant said, @Nullable String twin) {
            sql.update(
                    """
                    INSERT INTO texts (id, account, guid, org, sender_id, window_id, ordinal, received_at, said_at, body,
                        digest, twin_of) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
                    """,
                    ids.next("t", wall),
                    arrival.account(),
                    arrival.guid(),
                    arrival.org(),
                    sender,
                    target.id,
                    target.ordinal,
                    wall,
                    said,
                    arrival.text(),
                    digest,
                    twin);
        }

        private void mark(String sender, ConsentWord word) {
            switch (word) {
                case STOP ->
                    sql.update(
                            "UPDATE senders SET opted_out_at = ? WHERE id = ? AND opted_out_at IS NULL", wall, sender);
                case START -> sql.update("UPDATE senders SET opted_out_at = NULL WHERE id = ?", sender);
                case HELP -> {} // says nothing about consent
            }
        }

        /// A provider's clock is believed if it is not far from ours.
        private Instant said(@Nullable Instant providerTime) {
            if (providerTime == null) {
                return wall;
            }
            return Duration.between(providerTime, wall).abs().compareTo(TRUSTED) <= 0 ? providerTime : wall;
        }
    }

    private static Urgency urgency(Optional<ConsentWord> word) {
        return word.map(each -> each == ConsentWord.STOP ? Urgency.ENDING : Urgency.BESIDE)
                .orElse(Urgency.NONE);
    }

    /// An arrival and what its text alone tells.
    ///
    /// @param word what it says about consent, whoever sent it
    /// @param bytes its length in UTF-8
    private record Message(Arrival arrival, String digest, Optional<ConsentWord> word, long bytes) {
        static Message of(Arrival arrival) {
            String text = arrival.text();
            return new Message(
                    arrival, Digest.of(text), ConsentWord.of(text), text.getBytes(StandardCharsets.UTF_8).length);
        }

        Optional<ConsentWord> consent(boolean optedOut) {
            return word.or(() ->
                    optedOut && ConsentWord.yes(arrival.text()) ? Optional.of(ConsentWord.START) : Optional.empty());
        }
    }

    private record Before(String textId, String digest, WindowHead head) {}

    private record Target(String id, int ordinal) {}

    /// @param slide how far each text moves the deadline; null if none does
    private record Open(
            String id,
            int number,
            Gathering gathering,
            @Nullable Duration slide,
            Duration cap) {
        /// Returns the rules it was opened under, with the room that windows have now.
        WindowRules rules(WindowRules now) {
            return new WindowRules(
                    slide == null ? Duration.ZERO : slide, slide != null, cap, now.maxItems(), now.maxBytes());
        }
    }

    /// @param open the window that gathers; null if none does
    /// @param repeats whether the text's guid is known
    /// @param twin the text that this one repeats under another guid; null if there is none
    private record Known(
            String id,
            boolean optedOut,
            @Nullable Duration ownWindow,
            @Nullable Open open,
            boolean repeats,
            @Nullable String twin) {
        static Known of(Row row) {
            Long own = row.numberOrNull("own_window_ms");
            String window = row.textOrNull("id");
            return new Known(
                    row.text("sender"),
                    row.instantOrNull("opted_out_at") != null,
                    own == null ? null : Duration.ofMillis(own),
                    window == null ? null : open(row, window),
                    row.flag("repeats"),
                    row.textOrNull("twin"));
        }

        private static Open open(Row row, String id) {
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
    }
}
