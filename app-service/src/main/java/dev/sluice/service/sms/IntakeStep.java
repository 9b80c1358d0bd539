package dev.sluice.service.sms;

import dev.sluice.service.consolidate.Gathering;
import dev.sluice.service.consolidate.Gathering.Placement;
import dev.sluice.service.consolidate.Urgency;
import dev.sluice.service.consolidate.WindowHead;
import dev.sluice.service.consolidate.WindowRules;
import dev.sluice.service.consolidate.WindowState;
import dev.sluice.service.sms.KnownSender.Open;
import dev.sluice.service.sms.text.ConsentWord;
import dev.sluice.service.store.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The texts of one transaction: each goes into its sender's window, or into a new one. Used by one thread.
final class IntakeStep {
    private static final Duration TRUSTED = Duration.ofMinutes(10);
    private static final String GROWN = "UPDATE windows SET latest_at = ?, deadline_at = ?, items = ?, bytes = ?,"
            + " first_said_at = MIN(first_said_at, ?), last_said_at = MAX(last_said_at, ?)";

    private final Sql sql;
    private final Ids ids;
    private final Instant now;
    private final Instant wall;
    private final WindowRules rules;
    private final boolean paused;
    private final long version;
    private final List<WindowHead> heads = new ArrayList<>();

    /// The parameters are those of [IntakeRepository#store].
    IntakeStep(Sql sql, Ids ids, Instant now, Instant wall, WindowRules rules, boolean paused, long version) {
        this.sql = sql;
        this.ids = ids;
        this.now = now;
        this.wall = wall;
        this.rules = rules;
        this.paused = paused;
        this.version = version;
    }

    /// Stores a text, unless it was stored before.
    Receipt store(Message message) {
        Arrival arrival = message.arrival();
        Instant said = said(arrival.providerTime());
        var known = KnownSender.of(sql, message, said);
        // of a sender who is new the text may still be known: somebody else's, under the same guid
        var before = known.map(KnownSender::repeats).orElse(true) ? before(arrival) : Optional.<Before>empty();
        if (before.isPresent()) {
            return repeated(before.get(), message.digest());
        }
        KnownSender sender = known.orElseGet(() -> newcomer(arrival));
        Optional<ConsentWord> word = message.consent(sender.optedOut());
        WindowRules own = sender.ownWindow() == null ? rules : rules.withWindow(sender.ownWindow());
        var placement = place(sender.open(), message.bytes(), urgency(word), own);
        String window = gather(arrival, said, sender, placement, own, word);
        int ordinal = placement.after().items();
        insert(message, sender, window, ordinal, said);
        word.ifPresent(consent -> mark(sender.id(), consent));
        return new Receipt.Stored(window, ordinal, placement.opens(), sender.twin() != null);
    }

    /// Returns the windows that changed so far, or that a repeated text is in.
    List<WindowHead> heads() {
        return List.copyOf(heads);
    }

    private Placement place(@Nullable Open open, long bytes, Urgency urgency, WindowRules own) {
        if (open == null) {
            return Gathering.place(null, now, bytes, urgency, own);
        }
        var gathering = paused && urgency == Urgency.NONE ? open.gathering().kept() : open.gathering();
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

    private KnownSender newcomer(Arrival arrival) {
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
        return KnownSender.newcomer(id, optedOut != null);
    }

    /// Makes room for a text: in the window that gathers, or in a new one.
    ///
    /// @return the window's id
    private String gather(
            Arrival arrival,
            Instant said,
            KnownSender sender,
            Placement placement,
            WindowRules own,
            Optional<ConsentWord> word) {
        Open open = sender.open();
        if (open != null && placement.closesOpen() != null) {
            sql.update(
                    "UPDATE windows SET state = 'closed', closed_at = ?, close_reason = ? WHERE id = ?",
                    now,
                    placement.closesOpen().wireName(),
                    open.id());
            heads.add(new WindowHead(
                    open.id(),
                    sender.id(),
                    open.number(),
                    WindowState.CLOSED,
                    open.gathering().deadline()));
        }
        WindowState state = placement.closes() != null ? WindowState.CLOSED : WindowState.OPEN;
        var after = placement.after();
        if (open != null && !placement.opens()) {
            state = open.gathering().held() ? WindowState.HELD : state;
            extend(open.id(), after, state, placement, said);
            heads.add(new WindowHead(open.id(), sender.id(), open.number(), state, after.deadline()));
            return open.id();
        }
        String id = ids.next("w", wall);
        int number = 1
                + (int) sql.number(
                        "SELECT COALESCE(MAX(number), 0) AS n FROM windows WHERE sender_id = ?", sender.id());
        sql.update(
                """
                INSERT INTO windows (id, sender_id, org, number, state, opened_at, latest_at, deadline_at, length_ms,
                    slide_ms, cap_ms, own_rules, items, bytes, first_said_at, last_said_at, consent, settings_version,
                    closed_at, close_reason)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
                """,
                id,
                sender.id(),
                arrival.org(),
                number,
                state.wireName(),
                after.openedAt(),
                after.latestAt(),
                after.deadline(),
                own.window().toMillis(),
                own.sliding() ? own.window().toMillis() : null,
                own.sliding() ? own.cap().toMillis() : null,
                sender.ownWindow() != null,
                after.items(),
                after.bytes(),
                said,
                said,
                word.map(each -> each.name().toLowerCase(Locale.ROOT)).orElse(null),
                version,
                placement.closes() == null ? null : now,
                placement.closes() == null ? null : placement.closes().wireName());
        heads.add(new WindowHead(id, sender.id(), number, state, after.deadline()));
        return id;
    }

    private void extend(String id, Gathering after, WindowState state, Placement placement, Instant said) {
        if (placement.closes() == null) {
            // its state stays as it is: naming it would touch every index that depends on it
            sql.update(
                    GROWN + " WHERE id = ?",
                    after.latestAt(),
                    after.deadline(),
                    after.items(),
                    after.bytes(),
                    said,
                    said,
                    id);
            return;
        }
        sql.update(
                GROWN + ", state = ?, closed_at = ?, close_reason = ? WHERE id = ?",
                after.latestAt(),
                after.deadline(),
                after.items(),
                after.bytes(),
                said,
                said,
                state.wireName(),
                now,
                placement.closes().wireName(),
                id);
    }

    private void insert(Message message, KnownSender sender, String window, int ordinal, Instant said) {
        Arrival arrival = message.arrival();
        sql.update(
                """
                INSERT INTO texts (id, account, guid, org, sender_id, window_id, ordinal, received_at, said_at, body,
                    digest, twin_of) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
                """,
                message.id(),
                arrival.account(),
                arrival.guid(),
                arrival.org(),
                sender.id(),
                window,
                ordinal,
                wall,
                said,
                arrival.text(),
                message.digest(),
                sender.twin());
    }

    private void mark(String sender, ConsentWord word) {
        switch (word) {
            case STOP ->
                sql.update("UPDATE senders SET opted_out_at = ? WHERE id = ? AND opted_out_at IS NULL", wall, sender);
            case START -> sql.update("UPDATE senders SET opted_out_at = NULL WHERE id = ?", sender);
            case HELP -> {} // says nothing about consent
        }
    }

    private static Urgency urgency(Optional<ConsentWord> word) {
        return word.map(each -> each == ConsentWord.STOP ? Urgency.ENDING : Urgency.BESIDE)
                .orElse(Urgency.NONE);
    }

    /// A provider's clock is believed if it is not far from ours.
    private Instant said(@Nullable Instant providerTime) {
        if (providerTime == null) {
            return wall;
        }
        return Duration.between(providerTime, wall).abs().compareTo(TRUSTED) <= 0 ? providerTime : wall;
    }

    private record Before(String textId, String digest, WindowHead head) {}
}
