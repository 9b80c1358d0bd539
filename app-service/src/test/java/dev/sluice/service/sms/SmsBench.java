package dev.sluice.service.sms;

import dev.sluice.model.sms.BatchView;
import dev.sluice.model.sms.SenderView;
import dev.sluice.service.consolidate.VirtualTime;
import dev.sluice.service.http.Until;
import dev.sluice.service.ops.AuditRepository;
import dev.sluice.service.provider.Lanes;
import dev.sluice.service.provider.ManualScheduler;
import dev.sluice.service.provider.OrgBudgets;
import dev.sluice.service.provider.PacerLimits;
import dev.sluice.service.provider.Providers;
import dev.sluice.service.replay.Wakeups;
import dev.sluice.service.session.SessionPolicy;
import dev.sluice.service.session.Sessions;
import dev.sluice.service.sms.SmsAudit.Actor;
import dev.sluice.service.sms.TextIntake.Taken;
import dev.sluice.service.sms.reply.BatchWebhook;
import dev.sluice.service.sms.reply.ReplySender;
import dev.sluice.service.store.Database;
import dev.sluice.service.store.Row;
import dev.sluice.service.store.TemporaryDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Texts over a real database, with a scripted model and a scripted sender, and time that moves only when a
/// test says so: `@RegisterExtension`. [#kill] ends the process as death does, [#restart] as an operator does. Used by
/// one thread; texts may arrive on any.
final class SmsBench implements BeforeEachCallback, AfterEachCallback {
    static final Actor ANN = new Actor("ann", null, "a reason");
    /// No lane ever waits: its clock stands.
    private static final PacerLimits PACE = new PacerLimits(10_000, 100_000, 1_000, Duration.ofSeconds(10), 1_000);

    static final String ORG = "acme";
    static final String MARIA = "+639171234567";

    final SkewedClock clock = new SkewedClock();
    final SetPolicy policy = new SetPolicy();
    final ScriptedModel model = new ScriptedModel();
    final ScriptedSender sender = new ScriptedSender();
    /// The number by which the next text is known.
    int guids;

    /// Whom the next life tells of batches.
    Optional<BatchWebhook> webhook = Optional.empty();
    /// With what the next life sends.
    ReplySender sends = sender;

    VirtualTime time;
    SmsService service;
    Sessions sessions;
    BatchActions batches;
    SenderActions senders;
    SenderRepository views;

    private final TemporaryDatabase database = new TemporaryDatabase();
    private final List<Runnable> lives = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // the first life sets the rest
    SmsBench() {}

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        database.beforeEach(context);
        live();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        service.close();
        lives.reversed().forEach(Runnable::run);
        database.afterEach(context);
    }

    Database db() {
        return database.db();
    }

    /// Dies and begins again: nothing of the process is heard of any more.
    void kill() {
        database.reopen();
        database.commitsFail(false);
        live();
    }

    /// Dies and begins again later, by the clock on the wall.
    void kill(Duration later) {
        clock.step(later);
        kill();
    }

    /// Ends as told to and begins again.
    void restart() throws InterruptedException {
        service.windDown(Duration.ofSeconds(20));
        service.close();
        kill();
    }

    /// The disk takes so many more commits, then none.
    void commitsLeft(int commits) {
        database.commitsLeft(commits);
    }

    void commitsFail(boolean fail) {
        database.commitsFail(fail);
    }

    /// Takes a text of Maria's under a new guid.
    Taken text(String text) {
        return text(MARIA, text);
    }

    Taken text(String number, String text) {
        return take("g" + ++guids, number, text, null);
    }

    Taken take(String guid, String number, String text, @Nullable Instant said) {
        return take(new Incoming(0, guid, number, text, said));
    }

    Taken take(Incoming... texts) {
        return service.intake().take("generic", ORG, List.of(texts));
    }

    /// Moves on, and waits at each deadline until what it set off is over.
    void advance(Duration by) {
        settle();
        Instant end = time.now().plus(by);
        for (Instant next = time.nextAlarm(); !next.isAfter(end); next = time.nextAlarm()) {
            step(Duration.between(time.now(), next));
            settle();
        }
        step(Duration.between(time.now(), end));
        settle();
    }

    void seconds(long seconds) {
        advance(Duration.ofSeconds(seconds));
    }

    /// Moves on without waiting for anything.
    void step(Duration by) {
        if (by.isPositive()) {
            clock.advance(by);
            time.advance(by);
        } else {
            time.advance(Duration.ZERO);
        }
    }

    /// Waits until nothing is in process and nothing is due.
    void settle() {
        Until.holds("nothing is under way", () -> {
            time.advance(Duration.ZERO);
            var view = service.view();
            boolean waits = view.waiting() > 0 && !policy.paused;
            return view.running() == 0 && !waits && time.nextAlarm().isAfter(time.now());
        });
    }

    /// Returns all batches, the first one first; windows that still gather are among them.
    List<BatchView> all() {
        return db().read(sql -> sql.list("SELECT id FROM windows ORDER BY rowid", row -> row.text("id"))).stream()
                .map(id -> views.batch(id, null, false).orElseThrow().batch())
                .toList();
    }

    /// Returns the only batch.
    BatchView only() {
        List<BatchView> all = all();
        if (all.size() != 1) {
            throw new AssertionError("not one batch: " + all);
        }
        return all.getFirst();
    }

    BatchView batch(int index) {
        return all().get(index);
    }

    /// Returns the id of Maria.
    String maria() {
        return senderId(MARIA);
    }

    String senderId(String number) {
        return views.byAddress(number, ORG).orElseThrow();
    }

    SenderView sender(String number) {
        return views.find(senderId(number), null, true).orElseThrow();
    }

    /// Returns a column of what a query finds.
    List<@Nullable String> column(String query, Object... parameters) {
        return rows(query, row -> row.textOrNull("x"), parameters);
    }

    long number(String query, Object... parameters) {
        return db().read(sql -> sql.number(query, parameters));
    }

    <T extends @Nullable Object> List<T> rows(String query, Function<Row, T> mapper, Object... parameters) {
        return db().read(sql -> sql.list(query, mapper::apply, parameters));
    }

    /// Returns what the audit says was done, the first first.
    List<@Nullable String> audited() {
        return column("SELECT action AS x FROM ops_audit ORDER BY rowid");
    }

    /// Returns the texts that phones got.
    List<String> replies() {
        return sender.sent.stream().map(reply -> reply.text()).toList();
    }

    private void live() {
        Database db = database.db();
        var wakeups = Wakeups.start();
        lives.add(wakeups::close);
        sessions = Sessions.open(db, wakeups, clock::now, SessionPolicy.DEFAULT);
        lives.add(sessions::close);
        time = new VirtualTime(clock.now());
        var audit = new AuditRepository(db);
        var house = new SmsService.House(
                db,
                sessions,
                new Lanes(Providers.of(List.of(model)), _ -> PACE, new ManualScheduler()),
                new OrgBudgets(() -> 0, clock),
                policy,
                sends,
                webhook,
                audit::append,
                clock,
                time,
                () -> Duration.ofDays(30),
                new SecureRandom(),
                () -> 0,
                ZoneOffset.UTC);
        service = new SmsService(house);
        batches = service.batchActions();
        senders = service.senderActions();
        views = new SenderRepository(db);
    }
}
