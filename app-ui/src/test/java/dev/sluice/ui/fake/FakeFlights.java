package dev.sluice.ui.fake;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/// The flights of a [FakeService], which can be cancelled.
final class FakeFlights {
    private final FakeService service;

    FakeFlights(FakeService service) {
        this.service = service;
    }

    void cancel(HttpExchange exchange) throws IOException, InterruptedException {
        var id = exchange.getRequestURI().getPath().split("/", -1)[4];
        var now = Instant.now();
        service.cancelled.add(id + " " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        var flights = service.state().flights().stream()
                .map(each -> each.id().equals(id) ? Samples.cancelled(each, now) : each)
                .toList();
        boolean known =
                service.state().flights().stream().anyMatch(each -> each.id().equals(id) && each.live());
        switch (service.mood()) {
            case LOST -> service.awaitEnd();
            case DONE_SILENTLY -> {
                service.take(Samples.flown(now, flights));
                service.awaitEnd();
            }
            case CONTESTED -> Answers.problem(exchange, 404, "No flight " + id + " is in the air.", null);
            case DONE -> {
                if (known) {
                    service.publish(Samples.flown(now, flights));
                    Answers.answer(exchange, 200, Map.of("status", "cancelled", "flight_id", id));
                } else {
                    Answers.problem(exchange, 404, "No flight " + id + " is in the air.", null);
                }
            }
        }
    }
}
