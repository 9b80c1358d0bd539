package dev.sluice.ui.link;

import dev.sluice.model.session.EventPage;
import dev.sluice.model.session.SessionList;
import dev.sluice.model.session.SessionView;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// Reads sessions: finds them, reads their events, takes them out and brings them in. Each call blocks its
/// (virtual) thread.
///
/// Thread-safe.
public final class SessionClient {
    /// The most events in one page.
    public static final int PAGE = 1_000;

    private static final String SESSIONS = "/api/sessions";
    private static final String FILE_TYPE = "application/x-ndjson";
    /// Whole sessions are megabytes, and the service lets few of them through at once.
    private static final Duration FILE_PATIENCE = Duration.ofSeconds(30);

    private final ServiceLine line;

    /// Creates a client of whatever service the console is connected to at the time of each call.
    ///
    /// @param patience how long a call may take that moves no file
    public SessionClient(HttpClient http, Supplier<Optional<Endpoint>> endpoint, Duration patience) {
        this.line = new ServiceLine(http, endpoint, patience);
    }

    /// Returns a page of the sessions that match, newest first.
    public SessionList list(SessionQuery query) {
        return line.ask(line.request(SESSIONS + query.written()).GET(), SessionList.class);
    }

    /// Returns one session; refused with 404 if there is none of that id, with 410 if it is gone.
    public SessionView session(String id) {
        return line.ask(line.request(path(id)).GET(), SessionView.class);
    }

    /// Returns a page of a session's events.
    ///
    /// @param after the id of the last event known; empty for the first page
    public EventPage events(String id, String after) {
        var cursor = after.isEmpty() ? "" : "&after=" + encoded(after);
        return line.ask(
                line.request(path(id) + "/events?limit=" + PAGE + cursor).GET(), EventPage.class);
    }

    /// Returns a session that has ended as a file.
    public byte[] export(String id) {
        return line.bytes(line.request(path(id) + "/export")
                .setHeader("Accept", FILE_TYPE)
                .timeout(FILE_PATIENCE)
                .GET());
    }

    /// Has the service store an exported session under a new id.
    public SessionView bringIn(byte[] file) {
        return line.ask(
                line.request(SESSIONS + "/import")
                        .header("Content-Type", FILE_TYPE)
                        .timeout(FILE_PATIENCE)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(file)),
                SessionView.class);
    }

    /// Opens the stream of a session's events. The caller closes the body.
    ///
    /// @param after the id of the last event known; empty for all
    HttpResponse<InputStream> stream(String id, String after) {
        var request = line.request(path(id) + "/events").setHeader("Accept", "text/event-stream");
        if (!after.isEmpty()) {
            request.header("Last-Event-ID", after);
        }
        return line.send(request.GET(), HttpResponse.BodyHandlers.ofInputStream());
    }

    private static String path(String id) {
        return SESSIONS + "/" + encoded(id);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
