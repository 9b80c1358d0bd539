package dev.sluice.ui.link;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import dev.sluice.model.sms.BatchList;
import dev.sluice.model.sms.Forecast;
import dev.sluice.model.sms.RefusedList;
import dev.sluice.model.sms.SenderList;
import dev.sluice.model.sms.SenderView;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Reads and commands what gathers the texts of senders: windows, batches, replies. Each call blocks its
/// (virtual) thread for at most the given patience.
///
/// Thread-safe.
public final class SmsClient {
    private static final String SENDERS = "/api/ops/senders";
    private static final String WINDOWS = "/api/ops/windows";

    private final ServiceLine line;

    /// Creates a client of whatever service the console is connected to at the time of each call.
    public SmsClient(HttpClient http, Supplier<Optional<Endpoint>> endpoint, Duration patience) {
        this.line = new ServiceLine(http, endpoint, patience);
    }

    /// Returns the senders whose texts wait, the next one due first; empty if nothing changed.
    ///
    /// @param version of the list that is known; negative if none is
    public Optional<SenderList> senders(int limit, long version) {
        var response = line.send(
                line.request(SENDERS + "?limit=" + limit)
                        .header("If-None-Match", "\"" + version + "-" + limit + "\"")
                        .GET(),
                HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() == 304) {
            return Optional.empty();
        }
        if (response.statusCode() != 200) {
            throw ServiceLine.refusal(response.statusCode(), response.body());
        }
        try {
            return Optional.of(Json.mapper().readValue(response.body(), SenderList.class));
        } catch (IOException e) {
            throw new LinkException.NoAnswer("The service answered something that is no list of senders", e);
        }
    }

    /// Returns one sender; refused with 404 if there is none of that id.
    public SenderView sender(String id) {
        return line.ask(line.request(sender(id, "")).GET(), SenderView.class);
    }

    /// Does something about a sender that answers with how it is then: `flush`, `hold`, `release`,
    /// `extend`, `drop`, `undo`, `override`, `relabel`.
    ///
    /// @param body what belongs to it, a reason for the audit included
    public SenderView act(String id, String deed, Map<String, ?> body) {
        return line.ask(post(sender(id, "/" + deed), body), SenderView.class);
    }

    /// Sends a sender a text, once.
    ///
    /// @return how it went: `sent`, `refused`, `unknown` or `not_sent`, then the reason if there is one
    public String reply(String id, String text) {
        var answer = line.ask(post(sender(id, "/reply"), Map.of("text", text)), JsonNode.class);
        var reason = answer.path("reason").asText("");
        return answer.path("outcome").asText("unknown") + (reason.isEmpty() ? "" : ": " + reason);
    }

    /// Returns a sender's full number, which the service notes in its audit.
    public String unmask(String id, Optional<String> reason) {
        return line.ask(post(sender(id, "/unmask"), reasoned(reason)), JsonNode.class)
                .path("address")
                .asText("");
    }

    /// Has all that is known of a person removed: number, texts, replies, sessions.
    ///
    /// @return how many were removed, by kind: `texts`, `replies`, `sessions`
    public Map<String, Integer> forget(String id, Optional<String> reason) {
        var removed = line.ask(post(sender(id, "/forget"), reasoned(reason)), JsonNode.class)
                .path("removed");
        var counts = new TreeMap<String, Integer>();
        removed.properties()
                .forEach(each -> counts.put(each.getKey(), each.getValue().asInt()));
        return counts;
    }

    /// Returns the newest batches that fit.
    ///
    /// @param name what they are found by: `state` or `outcome`
    public BatchList batches(String name, String value, int limit) {
        return line.ask(
                line.request("/api/ops/batches?limit=" + limit + "&" + name + "=" + encoded(value))
                        .GET(),
                BatchList.class);
    }

    /// Says what became of a reply of which nobody knew.
    public void settle(String batch, boolean sent, Optional<String> reason) {
        var body = new LinkedHashMap<String, Object>(reasoned(reason));
        body.put("sent", sent);
        line.ask(post("/api/ops/batches/" + encoded(batch) + "/settle", body), JsonNode.class);
    }

    /// Has a quarantined batch handled once more.
    public void retry(String batch, Optional<String> reason) {
        line.ask(post("/api/ops/batches/" + encoded(batch) + "/retry", reasoned(reason)), JsonNode.class);
    }

    /// Has a text count that was taken for the twin of another one.
    public void count(String text) {
        line.ask(post("/api/ops/texts/" + encoded(text) + "/count", Map.of()), JsonNode.class);
    }

    /// Returns what a window's length and mode would do to the windows that are open now.
    public Forecast forecast(String window, String mode) {
        return line.ask(
                line.request(WINDOWS + "/forecast?window=" + encoded(window) + "&mode=" + encoded(mode))
                        .GET(),
                Forecast.class);
    }

    /// Gives all open windows the rules in force (`retime`), or closes them now (`close`).
    ///
    /// @return how many changed
    public int windows(String deed, Optional<String> reason) {
        return line.ask(post(WINDOWS + "/" + deed, reasoned(reason)), JsonNode.class)
                .path("changed")
                .asInt();
    }

    /// Returns what was not taken, newest first.
    public RefusedList refused(int limit) {
        return line.ask(line.request("/api/ops/refused-texts?limit=" + limit).GET(), RefusedList.class);
    }

    private HttpRequest.Builder post(String path, Map<String, ?> body) {
        return line.request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)));
    }

    private static Map<String, String> reasoned(Optional<String> reason) {
        return reason.map(why -> Map.of("reason", why)).orElse(Map.of());
    }

    private static String sender(String id, String rest) {
        return SENDERS + "/" + encoded(id) + rest;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
