package dev.sluice.ui.fake;

import com.sun.net.httpserver.HttpExchange;
import dev.sluice.model.Json;
import dev.sluice.model.Problem;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The answers of a [FakeService].
final class Answers {
    private Answers() {}

    static void problem(HttpExchange exchange, int status, String detail, @Nullable Object current) throws IOException {
        answer(exchange, status, new Problem("about:blank", "Refused", status, detail, null, null, current));
    }

    static void answer(HttpExchange exchange, int status, Object body) throws IOException {
        send(exchange, status, "application/json", Json.bytes(body));
    }

    static void send(HttpExchange exchange, int status, String type, byte[] bytes) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().add("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
