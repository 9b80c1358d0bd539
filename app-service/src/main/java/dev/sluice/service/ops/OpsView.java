package dev.sluice.service.ops;

import dev.sluice.model.ops.FlightView;
import dev.sluice.model.ops.LoadView;
import dev.sluice.model.ops.OpsSnapshot;
import dev.sluice.model.ops.ProviderView;
import dev.sluice.model.sms.SmsView;
import dev.sluice.service.coalesce.Flight;
import dev.sluice.service.coalesce.FlightException;
import dev.sluice.service.config.Settings;
import dev.sluice.service.thread.ChatMetrics;
import dev.sluice.service.thread.ChatResult;
import dev.sluice.service.thread.ChatWork;
import dev.sluice.service.thread.ThreadService;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Looks at the service as operators do. Thread-safe.
final class OpsView {
    private static final int PERCENTILE_SAMPLES = 100;

    private final Observed observed;
    private final ThreadService threads;
    private final ChatMetrics metrics;
    private final Settings settings;
    private final Conditions conditions;

    OpsView(Observed observed, Settings settings, Conditions conditions) {
        this.observed = observed;
        this.threads = observed.threads();
        this.metrics = observed.metrics();
        this.settings = settings;
        this.conditions = conditions;
    }

    OpsState look() {
        List<Flight<ChatResult>> inAir = List.copyOf(threads.inAir());
        List<ProviderView> providers = observed.lanes().view();
        SmsView texts = observed.texts().view().get();
        return new OpsState(
                metrics.totals(),
                load(inAir),
                flights(inAir),
                metrics.recent(OpsSnapshot.MAX_RECENT),
                settings.view(),
                providers,
                Stream.concat(conditions.look(providers).stream(), TextConditions.look(texts).stream())
                        .toList(),
                texts);
    }

    private LoadView load(List<Flight<ChatResult>> inAir) {
        var report = metrics.report(null, PERCENTILE_SAMPLES);
        return new LoadView(
                inAir.size(),
                inAir.stream().mapToInt(Flight::listeners).sum(),
                observed.http().get().openStreams(),
                report.queueWaitMs().p95(),
                report.ttftMs().p95(),
                report.latencyMs().p95(),
                report.errors().total(),
                report.errorRate());
    }

    private List<FlightView> flights(List<Flight<ChatResult>> inAir) {
        Comparator<Flight<ChatResult>> newestFirst = Comparator.<Flight<ChatResult>, Instant>comparing(
                        Flight::startedAt)
                .reversed();
        Stream<Flight<ChatResult>> ended =
                threads.ended().stream().filter(flight -> flight.endedAt().isPresent());
        return Stream.concat(inAir.stream().sorted(newestFirst), ended.sorted(newestFirst))
                .filter(flight -> flight.work() instanceof ChatWork)
                .limit(OpsSnapshot.MAX_FLIGHTS)
                .map(OpsView::view)
                .toList();
    }

    private static FlightView view(Flight<ChatResult> flight) {
        if (!(flight.work() instanceof ChatWork work)) {
            throw new IllegalStateException("a chat flight does chat work");
        }
        boolean cancelled = flight.failure()
                .filter(f -> f.kind() == FlightException.Kind.CANCELLED)
                .isPresent();
        return new FlightView(
                flight.id(),
                flight.key().abbreviated(),
                work.question().org(),
                work.question().threadId(),
                work.providerName(),
                work.model(),
                cancelled ? "cancelled" : work.state().wireName(),
                flight.startedAt(),
                work.firstTokenAt().orElse(null),
                flight.endedAt().orElse(null),
                flight.listeners(),
                flight.followers(),
                work.deltas(),
                work.characters(),
                flight.failure().map(FlightException::getMessage).orElse(null),
                work.upstream(flight.endedAt()
                        .map(end -> Duration.between(flight.startedAt(), end))
                        .orElse(null)));
    }
}
