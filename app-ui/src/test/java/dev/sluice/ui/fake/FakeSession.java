package dev.sluice.ui.fake;

import dev.sluice.model.EventId;
import dev.sluice.model.session.EventPage;
import dev.sluice.model.session.SessionView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One session of a [FakeSessions]: a log that can grow, lose its beginning and begin anew.
final class FakeSession {
    private record Recorded(Instant at, String type, String data) {}

    private final List<Recorded> events = new ArrayList<>();
    private SessionView view;
    private int kept;
    private int lives;

    FakeSession(SessionView view) {
        this.view = view;
    }

    synchronized SessionView view() {
        return new SessionView(
                view.id(),
                view.kind(),
                view.org(),
                view.state(),
                view.outcome(),
                view.createdAt(),
                view.endedAt(),
                epoch(),
                events.size(),
                events.stream().mapToLong(event -> event.data().length()).sum(),
                view.title(),
                view.userId(),
                view.threadId(),
                view.requestId(),
                view.provider(),
                view.model(),
                view.simulated(),
                view.importedFrom());
    }

    synchronized void append(Instant at, String type, String data) {
        events.add(new Recorded(at, type, data));
        notifyAll();
    }

    synchronized void ended(String outcome, Instant at) {
        view = SampleSessions.ended(view, outcome, at);
        notifyAll();
    }

    synchronized void trim(int first) {
        kept = first;
    }

    synchronized void beginAnew() {
        events.clear();
        kept = 0;
        lives++;
        notifyAll();
    }

    synchronized void wake() {
        notifyAll();
    }

    synchronized boolean over() {
        return view.state().equals("ended");
    }

    synchronized String epoch() {
        return lives == 0 ? view.id() : view.id() + "-" + lives;
    }

    /// Waits, for at most a second, until there is more than so many events or the end.
    @SuppressWarnings("WaitNotInLoop") // woken for nothing, the stream sends a heartbeat more
    synchronized void await(long known) throws InterruptedException {
        if (events.size() <= known && !over()) {
            wait(1_000);
        }
    }

    synchronized EventPage page(String after, int limit) {
        var cursor = EventId.parse(after).orElse(null);
        boolean usable = cursor != null && cursor.epoch().equals(epoch()) && cursor.seq() <= events.size();
        @Nullable String reset = after.isEmpty() || usable ? null : cursor == null ? "garbage" : "epoch";
        int wanted = cursor != null && usable ? (int) cursor.seq() : 0;
        int from = Math.max(wanted, kept);
        int to = Math.min(events.size(), from + limit);
        var gap = from > wanted ? new EventPage.Gap(wanted + 1L, from + 1L, events.size(), from - wanted) : null;
        var page = new ArrayList<EventPage.Event>();
        for (int i = from; i < to; i++) {
            var event = events.get(i);
            page.add(new EventPage.Event(
                    new EventId(epoch(), i + 1L).toString(),
                    i + 1L,
                    event.at(),
                    event.type(),
                    event.data(),
                    over() && i == events.size() - 1));
        }
        return new EventPage(
                view.id(),
                epoch(),
                reset,
                gap,
                page,
                new EventId(epoch(), to).toString(),
                over() && to == events.size());
    }
}
