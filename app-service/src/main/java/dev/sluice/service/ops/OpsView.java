package dev.sluice.service.ops;

import dev.sluice.model.ops.ConditionView;
import dev.sluice.model.ops.FlightView;
import dev.sluice.model.ops.LoadView;
import dev.sluice.model.ops.OpsSnapshot;
import dev.sluice.model.ops.ProviderView;
import dev.sluice.service.coalesce.Flight;
import dev.sluice.service.coalesce.FlightException;
import dev.sluice.service.config.Settings;
import dev.sluice.service.thread.ChatMetrics;
import dev.sluice.service.thread.ChatResult;
import dev.sluice.service.thread.ChatWork;
import dev.sluice.service.thread.Lanes;
import dev.sluice.service.thread.ThreadService;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/// Looks at the service as operators do. Thread-safe.
final class OpsView {
    private static final int PERCENTILE_SAMPLES = 100;

    private final ThreadService threads;
    private final Lanes lanes;
    private final ChatMetrics metrics;
    private final Settings settings;
    private final IntSupplier openStreams;

    OpsView(ThreadService threads, Lanes lanes, ChatMetrics metrics, Settings settings, IntSupplier openStreams) {
        this.threads = threads;
        this.lanes = lanes;
        this.metrics = metrics;
        this.settings = settings;
        this.openStreams = openStreams;
    }

    OpsState look() {
        List<Flight<ChatResult>> inAir = List.copyOf(threads.inAir());
        List<ProviderView> providers = lanes.view();
        return new OpsState(
                metrics.totals(),
                load(inAir),
                flights(inAir),
                metrics.recent(OpsSnapshot.MAX_RECENT),
                settings.view(),
                providers,
                providers.stream().map(OpsView::condition).toList());
    }

    private LoadView load(List<Flight<ChatResult>> inAir) {
        var report = metrics.report(null, PERCENTILE_SAMPLES);
        return new LoadView(
                inAir.size(),
                inAir.stream().mapToInt(Flight::listeners).sum(),
                openStreams.getAsInt(),
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

    private static ConditionView condition(ProviderView provider) {
        return new ConditionView(
                "provider." + provider.name(),
                provider.throttled() ? "warning" : "ok",
                provider.throttled()
                        ? "Struggles: driven with " + provider.slots() + " of " + provider.concurrency() + " slots."
                        : "Driven at full pace.",
                provider.failures(),
                provider.lastFailureAt());
    }
}
