package dev.sluice.service.sms;

import dev.sluice.model.metrics.PerformanceReport;
import dev.sluice.model.sms.Forecast;
import dev.sluice.model.sms.SmsView;
import dev.sluice.service.coalesce.Clock;
import dev.sluice.service.consolidate.Consolidator;
import dev.sluice.service.consolidate.SteadyTime;
import dev.sluice.service.consolidate.WindowRules;
import dev.sluice.service.consolidate.WindowStore.Redating;
import dev.sluice.service.http.Routes;
import dev.sluice.service.provider.CallTools;
import dev.sluice.service.provider.Lanes;
import dev.sluice.service.provider.OrgBudgets;
import dev.sluice.service.provider.RetryPolicy;
import dev.sluice.service.session.Sessions;
import dev.sluice.service.sms.SmsAudit.Actor;
import dev.sluice.service.sms.SmsMetrics.Count;
import dev.sluice.service.sms.reply.BatchWebhook;
import dev.sluice.service.sms.reply.ReplySender;
import dev.sluice.service.store.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Texts, put together: intake, windows, batches, replies. Thread-safe.
public final class SmsService implements AutoCloseable {
    /// So many batches are in process at once, at most.
    private static final int CONCURRENCY = 16;
    /// A batch is one call: it is never made again.
    private static final RetryPolicy ONCE =
            new RetryPolicy(0, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));

    private final SmsPolicy policy;
    private final ReplySender sender;
    private final Consolidator windows;
    private final WindowRepository windowRepository;
    private final SenderRepository senders;
    private final TextIntake intake;
    private final SmsMetrics metrics = new SmsMetrics();
    private final SmsUpkeep upkeep;
    private final Optional<BatchPosts> posts;
    private final SteadyTime time;
    private final Glance glance;
    private final List<Routes> routes;
    private final SenderActions senderActions;
    private final BatchActions batchActions;

    /// Takes up what an earlier process left; its overdue windows are handled from now on.
    public SmsService(House house) {
        this.policy = house.policy;
        this.sender = house.sender;
        this.time = house.time;
        Database db = house.db;
        InstantSource wall = house.clock::now;
        var ids = new Ids(house.random);
        this.senders = new SenderRepository(db);
        this.windowRepository = new WindowRepository(db);
        this.posts = house.webhook.map(webhook -> new BatchPosts(db, senders, webhook, time));
        var batches = new BatchRepository(db);
        var tools = new CallTools(ONCE, house.jitter, house.clock, policy::callsAllowed);
        var work = new BatchWork(
                batches,
                new Classifier(house.lanes, house.budgets, tools),
                new ReplyRules(policy, batches, house.zone),
                sender,
                house.sessions,
                metrics,
                ids,
                time,
                wall,
                posts.isPresent());
        this.windows = new Consolidator(
                windowRepository,
                claim -> {
                    var done = work.process(claim);
                    posts.ifPresent(BatchPosts::soon);
                    return done;
                },
                policy::paused,
                time,
                CONCURRENCY,
                Executors.newVirtualThreadPerTaskExecutor());
        var refusals = new RefusalRepository(db, ids);
        this.intake = new TextIntake(new IntakeRepository(db, ids), windows, refusals, policy, metrics, time, wall);
        this.senderActions = new SenderActions(db, house.audit, windows, time, wall);
        this.batchActions = new BatchActions(db, house.audit, sender, policy, house.sessions, ids, wall);
        this.upkeep = new SmsUpkeep(db, wall, house.retention);
        this.glance = new Glance(senders, house.clock);
        this.routes = List.of(
                new SenderRoutes(this, senders, senderActions, batchActions, refusals),
                new BatchRoutes(this, senders, batchActions));
        batchActions.takeUp();
        windows.start();
        upkeep.start();
        posts.ifPresent(BatchPosts::soon);
    }

    /// Returns what operators use over HTTP.
    public List<Routes> routes() {
        return routes;
    }

    /// Returns what takes texts.
    public TextIntake intake() {
        return intake;
    }

    /// Takes a provider's report on a reply.
    ///
    /// @param sentBy the sender's name
    /// @param delivered whether it arrived; null if it was only taken so far
    /// @return whether there is such a reply
    public boolean report(String sentBy, String providerId, @Nullable Boolean delivered) {
        return batchActions.report(sentBy, providerId, delivered);
    }

    /// Looks again at what waited: an operator changed something.
    public void settingsChanged() {
        windows.reconsider();
    }

    /// Tells what a window's length would do to the windows that are open now.
    ///
    /// @param length null for the one in force
    public Forecast forecast(@Nullable Duration length, @Nullable Boolean sliding) {
        WindowRules now = policy.windowRules();
        var rules = new WindowRules(
                length == null ? now.window() : length,
                sliding == null ? now.sliding() : sliding,
                now.cap(),
                now.maxItems(),
                now.maxBytes());
        var forecast = windowRepository.forecast(rules, time.now());
        return new Forecast(
                rules.window().toSeconds(),
                rules.sliding() ? "sliding" : "fixed",
                forecast.open(),
                forecast.moved(),
                forecast.due());
    }

    /// Returns texts at a glance.
    public SmsView view() {
        var stats = windows.stats();
        var inbox = glance.inbox();
        var rules = policy.windowRules();
        var report = metrics.report(null);
        return new SmsView(
                version(),
                rules.window().toSeconds(),
                rules.sliding() ? "sliding" : "fixed",
                policy.paused(),
                policy.autoReply(),
                sender.name(),
                sender.real(),
                stats.keys(),
                stats.gathering(),
                stats.waiting(),
                stats.postponed(),
                stats.running(),
                stats.nextDeadline(),
                stats.latenessP99().toMillis(),
                inbox.unknown(),
                inbox.quarantined(),
                report.messages(),
                report.duplicates(),
                metrics.of(null, Count.REFUSED),
                report.batches(),
                report.classifications(),
                report.replies(),
                report.savedCalls(),
                report.savedReplies());
    }

    /// Returns the part of the performance report.
    ///
    /// @param org null for all of them together
    public PerformanceReport.Sms report(@Nullable String org) {
        return metrics.report(org);
    }

    /// Begins nothing more and waits until no batch is in process.
    ///
    /// @return whether all of them came to their end in time
    public boolean windDown(Duration patience) throws InterruptedException {
        return windows.windDown(patience);
    }

    @Override
    public void close() {
        windows.close();
        upkeep.close();
        posts.ifPresent(BatchPosts::close);
    }

    /// Returns what operators do with senders.
    SenderActions senderActions() {
        return senderActions;
    }

    /// Returns what operators do about batches.
    BatchActions batchActions() {
        return batchActions;
    }

    /// Returns a number that changes with whatever the list of senders shows.
    long version() {
        return windows.changes();
    }

    /// Returns the region of numbers that are written without a country.
    Optional<String> defaultRegion() {
        return policy.defaultRegion();
    }

    /// Returns the time that deadlines go by.
    SteadyTime time() {
        return time;
    }

    /// Returns how many windows are open, without asking the store.
    int gathering() {
        return windows.stats().gathering();
    }

    /// Gives all open windows the rules in force.
    int retime() {
        return windows.redate(new Redating.ByRules(policy.windowRules()));
    }

    /// Has a batch tried again that was put aside.
    ///
    /// @throws ActionRefusedException if that cannot be
    void retry(String batchId, Actor actor) {
        windows.changed(List.of(batchActions.retry(batchId, actor)));
    }

    /// Has all open windows handled now.
    int closeAll() {
        return windows.redate(new Redating.DueNow());
    }

    /// What texts need of the rest of the service.
    ///
    /// @param webhook where batches are told to; empty if nowhere
    /// @param retention how long texts and replies can be read
    /// @param random of a kind that cannot be foretold
    /// @param jitter 0 to 1
    /// @param zone whose clock the quiet hours go by
    public record House(
            Database db,
            Sessions sessions,
            Lanes lanes,
            OrgBudgets budgets,
            SmsPolicy policy,
            ReplySender sender,
            Optional<BatchWebhook> webhook,
            SmsAudit audit,
            Clock clock,
            SteadyTime time,
            Supplier<Duration> retention,
            RandomGenerator random,
            DoubleSupplier jitter,
            ZoneId zone) {}
}
