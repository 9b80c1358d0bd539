package dev.sluice.ui.senders;

import dev.sluice.model.sms.SenderList;
import dev.sluice.model.sms.SenderView;
import dev.sluice.model.sms.SmsView;
import dev.sluice.ui.change.Changes;
import dev.sluice.ui.change.Desk;
import dev.sluice.ui.fx.Figures;
import dev.sluice.ui.link.LinkException;
import dev.sluice.ui.link.SmsClient;
import dev.sluice.ui.store.Freshness;
import dev.sluice.ui.store.Viewpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The senders whose texts wait, and what an operator does about them. Confined to the FX thread.
public final class SendersViewModel {
    /// The most that the service lists.
    private static final int MOST = 5_000;
    private static final Duration EVERY = Duration.ofSeconds(1);
    /// Less than this between two clocks is the way of the answer, not a difference.
    private static final Duration JITTER = Duration.ofSeconds(1);

    private final Desk desk;
    private final SmsClient sms;
    private final Viewpoint viewpoint;
    private final SenderActing acting;
    private final SenderDetailViewModel detail;
    private final InboxViewModel inbox;
    private final WindowViewModel windows;
    private final ObservableList<PendingRow> rows = FXCollections.observableArrayList();
    private final StringProperty filter = new SimpleStringProperty(this, "filter", "");
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper(this, "summary", "Loading…");
    private final ReadOnlyStringWrapper age = new ReadOnlyStringWrapper(this, "age", "");
    private final ReadOnlyStringWrapper blocked = new ReadOnlyStringWrapper(this, "blocked", "");
    private final ReadOnlyStringWrapper badge = new ReadOnlyStringWrapper(this, "badge", "");
    private final ReadOnlyObjectWrapper<Instant> now = new ReadOnlyObjectWrapper<>(this, "now", Instant.EPOCH);
    private final ReadOnlyObjectWrapper<SmsView> glance = new ReadOnlyObjectWrapper<>(this, "glance", SmsView.NONE);
    private final ReadOnlyObjectWrapper<List<DeedFace>> deeds =
            new ReadOnlyObjectWrapper<>(this, "deeds", DeedFace.all(List.of(), ""));
    private @Nullable SenderList list;
    private Set<String> chosen = Set.of();
    private Duration shift = Duration.ZERO;
    private Instant readAt = Instant.EPOCH;
    private long readVersion = -1;
    private boolean reading;

    /// Creates a model that has read nothing yet.
    public SendersViewModel(Desk desk, Changes changes, SmsClient sms, Viewpoint viewpoint) {
        this.desk = desk;
        this.sms = sms;
        this.viewpoint = viewpoint;
        this.acting = new SenderActing(desk, sms, this::done);
        this.detail = new SenderDetailViewModel(desk, sms);
        this.inbox = new InboxViewModel(desk, sms);
        this.windows = new WindowViewModel(desk, changes, sms);
        filter.subscribe(this::show);
    }

    ObservableList<PendingRow> rows() {
        return rows;
    }

    SenderActing acting() {
        return acting;
    }

    SenderDetailViewModel detail() {
        return detail;
    }

    InboxViewModel inbox() {
        return inbox;
    }

    WindowViewModel windows() {
        return windows;
    }

    StringProperty filter() {
        return filter;
    }

    ReadOnlyStringProperty summary() {
        return summary.getReadOnlyProperty();
    }

    /// How old the list is, in words; empty while it is live.
    ReadOnlyStringProperty age() {
        return age.getReadOnlyProperty();
    }

    /// Why nothing can be done; empty if something can.
    ReadOnlyStringProperty blocked() {
        return blocked.getReadOnlyProperty();
    }

    /// How many replies and batches wait for an operator; empty if none does.
    ReadOnlyStringProperty badge() {
        return badge.getReadOnlyProperty();
    }

    /// The clock that deadlines go by, as far as it can be believed.
    ReadOnlyObjectProperty<Instant> now() {
        return now.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<SmsView> glance() {
        return glance.getReadOnlyProperty();
    }

    /// What can be done about those chosen, or why it cannot.
    ReadOnlyObjectProperty<List<DeedFace>> deeds() {
        return deeds.getReadOnlyProperty();
    }

    /// Counts what waits for an operator, whether or not the screen is shown.
    public void notice() {
        var snapshot = viewpoint.state().snapshot();
        if (snapshot != null) {
            int waiting = snapshot.sms().unknown() + snapshot.sms().quarantined();
            badge.set(waiting == 0 ? "" : Figures.count(waiting));
        }
    }

    /// Shows what time changed, and reads again what changed at the service.
    void refresh() {
        blocked.set(desk.obstacle());
        age.set(live() ? "" : Figures.wholeAge(desk.store().silence()));
        now.set(viewpoint.now().plus(shift));
        var snapshot = viewpoint.state().snapshot();
        if (snapshot == null) {
            return;
        }
        glance.set(snapshot.sms());
        windows.refresh();
        showDeeds();
        if (viewpoint.paused() || !live()) {
            return;
        }
        var due = !desk.store().now().isBefore(readAt.plus(EVERY));
        if (due && snapshot.sms().version() != readVersion) {
            read();
        }
        detail.refresh(snapshot.sms().version());
        inbox.refresh(snapshot.sms());
    }

    /// Reads all of it again.
    void reload() {
        readVersion = -1;
        readAt = Instant.EPOCH;
        detail.reload();
        inbox.reload();
        refresh();
        if (list == null) {
            read();
        }
    }

    /// Takes over which senders are chosen.
    void choose(Set<String> ids) {
        chosen = new HashSet<>(ids);
        showDeeds();
    }

    /// Does something about those chosen, or else the one whose details are open.
    void request(SenderDeed deed) {
        acting.request(deed, targets());
        show();
    }

    private void read() {
        if (reading) {
            return;
        }
        reading = true;
        readAt = desk.store().now();
        var known = list;
        desk.background().execute(() -> {
            try {
                var found = sms.senders(MOST, known == null ? -1 : known.version());
                desk.fx().execute(() -> take(found));
            } catch (LinkException e) {
                desk.fx().execute(() -> {
                    reading = false;
                    summary.set("The list could not be read: " + e.told());
                });
            }
        });
    }

    private void take(Optional<SenderList> found) {
        reading = false;
        found.ifPresent(next -> {
            list = next;
            var difference = Duration.between(desk.store().serviceNow(), next.at());
            shift = difference.abs().compareTo(JITTER) > 0 ? difference : Duration.ZERO;
            now.set(viewpoint.now().plus(shift));
        });
        if (list != null) {
            readVersion = list.version();
        }
        show();
    }

    private void done(List<SenderView> views) {
        views.forEach(detail::told);
        readVersion = -1;
        read();
        show();
    }

    private void show() {
        var known = list;
        if (known == null) {
            return;
        }
        var sought = filter.get().strip().toLowerCase(Locale.ROOT);
        var next = new ArrayList<PendingRow>(known.senders().size());
        for (var sender : known.senders()) {
            var row = PendingRow.of(sender, acting.pending(sender.senderId()));
            if (sought.isEmpty() || row.mentions(sought)) {
                next.add(row);
            }
        }
        if (!rows.equals(next)) {
            rows.setAll(next);
        }
        var senders = DeedWords.counted(known.total(), "sender");
        summary.set(
                known.total() == 0
                        ? "No text waits"
                        : next.size() == known.total()
                                ? senders + ", the next one due first"
                                : next.size() + " of " + senders);
        showDeeds();
    }

    private void showDeeds() {
        deeds.set(DeedFace.all(targets(), desk.obstacle()));
    }

    private List<Target> targets() {
        var found = rows.stream()
                .filter(row -> chosen.contains(row.id()))
                .map(row -> Target.of(row.sender()))
                .toList();
        var open = detail.sender().get();
        return found.isEmpty() && open != null ? List.of(Target.of(open)) : found;
    }

    private boolean live() {
        return desk.store().freshness() == Freshness.LIVE;
    }
}
