package dev.sluice.ui.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.sluice.model.Json;
import dev.sluice.model.sms.BatchDetail;
import dev.sluice.model.sms.BatchList;
import dev.sluice.model.sms.BatchView;
import dev.sluice.model.sms.Forecast;
import dev.sluice.model.sms.RefusedList;
import dev.sluice.model.sms.RefusedText;
import dev.sluice.model.sms.SenderList;
import dev.sluice.model.sms.SenderRow;
import dev.sluice.model.sms.SenderView;
import dev.sluice.model.sms.TextView;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The senders of a [FakeService], with what operators do about them.
public final class FakeSenders {
    /// What was done: the id, the deed, the body.
    public final List<String> acted = new CopyOnWriteArrayList<>();
    /// How often the list was asked for, by what came of it: `list` or `unchanged`.
    public final List<String> listed = new CopyOnWriteArrayList<>();

    private final FakeService service;
    private final Map<String, SenderView> views = new LinkedHashMap<>();
    private final Map<String, SenderRow> rows = new LinkedHashMap<>();
    private final List<BatchView> batches = new ArrayList<>();
    private final List<RefusedText> refused = new ArrayList<>();
    private long version = 1;
    private volatile InstantSource clock = InstantSource.system();

    FakeSenders(FakeService service) {
        this.service = service;
    }

    /// Adds a sender; its row is in the list while its window waits.
    public synchronized void add(SenderView view, @Nullable SenderRow row) {
        views.put(view.senderId(), view);
        if (row != null) {
            rows.put(view.senderId(), row);
        }
        version++;
    }

    /// Takes a sender from the list, as when its window was handled.
    public synchronized void remove(String id) {
        rows.remove(id);
        version++;
    }

    /// Adds a batch.
    public synchronized void add(BatchView batch) {
        batches.add(batch);
    }

    /// Adds something that was not taken.
    public synchronized void add(RefusedText text) {
        refused.add(text);
    }

    /// Has it go by this clock.
    public void clock(InstantSource source) {
        clock = source;
    }

    /// Returns the version of the list.
    public synchronized long version() {
        return version;
    }

    void handle(HttpExchange exchange) throws IOException, InterruptedException {
        var path = exchange.getRequestURI()
                .getPath()
                .substring("/api/ops/".length())
                .split("/", -1);
        if (exchange.getRequestMethod().equals("POST")) {
            post(exchange, path);
            return;
        }
        var found = get(exchange, path);
        if (found != null) {
            Answers.answer(exchange, 200, found);
        }
    }

    private void post(HttpExchange exchange, String[] path) throws IOException, InterruptedException {
        var body = Json.mapper().readTree(exchange.getRequestBody());
        switch (service.mood()) {
            case CONTESTED -> Answers.problem(exchange, 409, "No window of this sender is open.", null);
            case LOST -> service.awaitEnd();
            case DONE_SILENTLY -> {
                take(path, body);
                service.awaitEnd();
            }
            case DONE -> Answers.answer(exchange, 200, take(path, body));
        }
    }

    private Object take(String[] path, JsonNode body) {
        acted.add(String.join(" ", List.of(path).subList(1, path.length)) + " " + body);
        var answer = act(path, body);
        service.publish(SampleSenders.glance(service.state().sms(), version()));
        return answer;
    }

    private @Nullable Object get(HttpExchange exchange, String[] path) throws IOException {
        var query = Objects.requireNonNullElse(exchange.getRequestURI().getQuery(), "");
        return switch (path[0]) {
            case "senders" -> path.length > 1 ? view(path[1]) : list(exchange);
            case "batches" -> new BatchList(batches(query), null);
            case "refused-texts" -> new RefusedList(List.copyOf(refused));
            default -> forecast(query);
        };
    }

    private synchronized @Nullable SenderList list(HttpExchange exchange) throws IOException {
        var tag = "\"" + version + "-5000\"";
        if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            listed.add("unchanged");
            exchange.sendResponseHeaders(304, -1);
            exchange.close();
            return null;
        }
        listed.add("list");
        var found = rows.values().stream()
                .sorted(Comparator.comparing(SenderRow::deadlineAt))
                .toList();
        return new SenderList(clock.instant(), version, found.size(), found);
    }

    private synchronized List<BatchView> batches(String query) {
        return batches.stream()
                .filter(each -> query.contains("outcome=" + each.outcome()) || query.contains("state=" + each.state()))
                .toList();
    }

    private static Forecast forecast(String query) {
        long seconds = query.contains("window=10s") ? 10 : 60;
        return new Forecast(seconds, "fixed", 12, seconds == 10 ? 9 : 0, seconds == 10 ? 3 : 0);
    }

    private synchronized SenderView view(String id) {
        return Objects.requireNonNull(views.get(id), () -> "no sender " + id);
    }

    private synchronized Object act(String[] path, JsonNode body) {
        version++;
        if (path[0].equals("windows")) {
            return Map.of("changed", 9);
        }
        if (path[0].equals("texts")) {
            views.replaceAll((id, view) -> SampleSenders.with(
                    view,
                    view.pending().stream()
                            .map(text -> text.id().equals(path[1]) ? counted(text) : text)
                            .toList()));
            return Map.of("counts", true);
        }
        if (path[0].equals("batches")) {
            var settled = batches.stream()
                    .filter(each -> each.id().equals(path[1]))
                    .findFirst()
                    .orElseThrow();
            batches.remove(settled);
            return new BatchDetail(settled, List.of(), null);
        }
        return act(path[1], path[2], body);
    }

    private Object act(String id, String deed, JsonNode body) {
        var view = view(id);
        switch (deed) {
            case "flush", "drop" -> {
                rows.remove(id);
                views.put(id, SampleSenders.done(view, deed));
            }
            case "hold", "release", "extend" -> {
                var row = Objects.requireNonNull(rows.get(id));
                rows.put(id, SampleSenders.after(row, deed));
                views.put(id, SampleSenders.after(view, deed));
            }
            case "undo" -> {
                var row = SampleSenders.restored(view);
                rows.put(id, row);
                views.put(id, SampleSenders.restored(view, row));
            }
            case "override" ->
                views.put(
                        id,
                        SampleSenders.with(
                                view,
                                body.path("window").asText(""),
                                body.has("auto_reply") ? body.path("auto_reply").asBoolean() : null));
            case "unmask" -> {
                return Map.of("address", "+639170001567");
            }
            case "forget" -> {
                rows.remove(id);
                views.put(id, SampleSenders.forgotten(view));
                return Map.of("removed", Map.of("texts", 4, "replies", 1, "sessions", 2));
            }
            case "reply" -> {
                return Map.of("outcome", "sent");
            }
            default -> {
                // what else there is leaves the sender as it is
            }
        }
        return view(id);
    }

    private static TextView counted(TextView text) {
        return new TextView(
                text.id(),
                text.account(),
                text.receivedAt(),
                text.saidAt(),
                text.characters(),
                text.text(),
                null,
                text.conflicts());
    }
}
