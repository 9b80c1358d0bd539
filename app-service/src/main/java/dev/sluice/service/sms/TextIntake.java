package dev.sluice.service.sms;

import dev.sluice.service.consolidate.Consolidator;
import dev.sluice.service.consolidate.SteadyTime;
import dev.sluice.service.sms.SmsMetrics.Count;
import dev.sluice.service.sms.text.BadAddressException;
import dev.sluice.service.sms.text.PhoneNumbers;
import dev.sluice.service.sms.text.Printable;
import dev.sluice.service.store.StoreUnavailableException;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// Takes texts: when it returns, they and the deadlines of their windows are durable. Thread-safe.
public final class TextIntake {
    private static final System.Logger LOG = System.getLogger(TextIntake.class.getName());
    private static final int SHOWN = 200;

    private final IntakeRepository repository;
    private final Consolidator windows;
    private final RefusalRepository refusals;
    private final SmsPolicy policy;
    private final SmsMetrics metrics;
    private final SteadyTime time;
    private final InstantSource wall;

    TextIntake(
            IntakeRepository repository,
            Consolidator windows,
            RefusalRepository refusals,
            SmsPolicy policy,
            SmsMetrics metrics,
            SteadyTime time,
            InstantSource wall) {
        this.repository = repository;
        this.windows = windows;
        this.refusals = refusals;
        this.policy = policy;
        this.metrics = metrics;
        this.time = time;
        this.wall = wall;
    }

    /// Takes the texts of one delivery: those whose sender can be read are stored, all of them or none.
    ///
    /// @param account the dialect they came by
    /// @throws StoreUnavailableException if none was stored; the provider is to deliver them again
    public Taken take(String account, String org, List<Incoming> texts) {
        var numbers = new PhoneNumbers(policy.defaultRegion().orElse(null));
        var arrivals = new ArrayList<Arrival>();
        var faults = new ArrayList<Fault>();
        for (Incoming text : texts) {
            try {
                arrivals.add(new Arrival(
                        account, org, text.guid(), numbers.parse(text.number()), text.text(), text.providerTime()));
            } catch (BadAddressException unreadable) {
                faults.add(new Fault(text.index(), "number: " + unreadable.getMessage()));
                refuse(account, org, "bad_number", null, String.valueOf(unreadable.getMessage()));
            }
        }
        int skipped = arrivals.isEmpty() ? 0 : store(org, arrivals);
        return new Taken(arrivals.size() - skipped, skipped, faults);
    }

    /// Lists a text, or a whole call, as not taken.
    ///
    /// @param reason a word
    /// @param sender masked; null if it is not known
    /// @param detail a sentence without personal data
    public void refuse(String account, String org, String reason, @Nullable String sender, String detail) {
        metrics.add(org, Count.REFUSED, 1);
        refusals.add(wall.instant(), org, account, reason, sender, Printable.escape(detail, SHOWN));
    }

    /// Returns how many of them had been here before.
    private int store(String org, List<Arrival> arrivals) {
        var stored = await(repository
                .store(
                        arrivals,
                        time.now(),
                        wall.instant(),
                        policy.windowRules(),
                        policy.paused(),
                        policy.settingsVersion())
                .thenApply(intake -> {
                    // whoever waits may be gone; the engine must hear of it all the same
                    windows.changed(intake.heads());
                    return intake;
                }));
        int skipped = 0;
        for (int i = 0; i < arrivals.size(); i++) {
            Arrival arrival = arrivals.get(i);
            switch (stored.receipts().get(i)) {
                case Receipt.Stored kept -> tell(arrival, kept);
                case Receipt.Duplicate again -> {
                    skipped++;
                    tell(arrival, again);
                }
            }
        }
        metrics.add(org, Count.MESSAGES, arrivals.size() - skipped);
        metrics.add(org, Count.DUPLICATES, skipped);
        return skipped;
    }

    private static void tell(Arrival arrival, Receipt.Stored kept) {
        String line = kept.opened() ? "CONSOLIDATION STARTED" : "CONSOLIDATION UPDATE";
        LOG.log(
                Level.INFO,
                line + " | From: " + arrival.from().masked() + " | Window: " + kept.windowId()
                        + (kept.twin() ? " | Twin" : "") + " | total messages: " + kept.items());
    }

    private void tell(Arrival arrival, Receipt.Duplicate again) {
        String masked = arrival.from().masked();
        LOG.log(
                Level.INFO,
                "DUPLICATE IGNORED | GUID: " + Printable.escape(arrival.guid(), SHOWN) + " | From: " + masked);
        if (again.conflict()) {
            refuse(
                    arrival.account(),
                    arrival.org(),
                    "guid_conflict",
                    masked,
                    "Another text came under the guid of " + "one that was taken; the first one stands. Batch: "
                            + again.windowId());
        }
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException(
                    StoreUnavailableException.Reason.INTERRUPTED, "interrupted while storing texts", interrupted);
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case RuntimeException own -> throw own;
                case Error own -> throw own;
                case null, default -> throw new IllegalStateException("storing texts failed", failed);
            }
        }
    }

    /// What became of a delivery.
    ///
    /// @param processed how many texts are stored
    /// @param skipped how many had been here before
    /// @param faults what was not taken
    public record Taken(int processed, int skipped, List<Fault> faults) {
        public Taken {
            faults = List.copyOf(faults);
        }
    }

    /// A text that was not taken.
    ///
    /// @param index its place in the delivery
    /// @param reason what is wrong with it, without personal data
    public record Fault(int index, String reason) {}
}
