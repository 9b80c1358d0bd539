package dev.sluice.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import dev.sluice.model.Problem;
import dev.sluice.service.auth.Caller;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One request and its answer. Used by the handler's thread alone.
public final class Exchange {
    static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-Id");

    /// The headers that the code asks for, each looked up once.
    private static final Map<String, HeaderName> NAMES = new ConcurrentHashMap<>();

    private static final System.Logger LOG = System.getLogger(Exchange.class.getName());

    private final ServerRequest request;
    private final ServerResponse response;
    private final ClientConnection connection;
    private final Streams streams;
    private final RequestBody body;
    private final String requestId;
    private final long arrivedNanos;
    private final Instant arrivedAt;
    private Map<String, String> pathParameters = Map.of();
    private Caller caller = Caller.anonymous();
    private UnaryOperator<String> tickets = UnaryOperator.identity();
    private @Nullable Departure departure;
    private @Nullable SseWriter stream;
    private boolean closeAfter;

    Exchange(
            ServerRequest request,
            ServerResponse response,
            ClientConnection connection,
            Streams streams,
            HttpConfig config,
            long arrivedNanos,
            Instant arrivedAt) {
        this.request = request;
        this.response = response;
        this.connection = connection;
        this.streams = streams;
        this.body = new RequestBody(request, connection.intake(), config);
        this.requestId = RequestIds.choose(request.headers().first(REQUEST_ID));
        this.arrivedNanos = arrivedNanos;
        this.arrivedAt = arrivedAt;
        response.header(REQUEST_ID, requestId);
    }

    /// Returns the request's id: the client's own, or ours.
    public String requestId() {
        return requestId;
    }

    /// Returns who asks; `Caller#anonymous` on public routes.
    public Caller caller() {
        return caller;
    }

    /// Returns the request's path, undecoded, without the query.
    public String path() {
        return request.prologue().uriPath().rawPath();
    }

    /// Returns what the request's first line asks for: the path and the query, undecoded.
    public String target() {
        String query = request.prologue().query().rawValue();
        return query.isEmpty() ? path() : path() + "?" + query;
    }

    /// Returns the decoded value of a name in the route's pattern.
    public String pathParameter(String name) {
        String value = pathParameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route's pattern has no {" + name + "}");
        }
        return PercentCoding.decode(value);
    }

    /// Returns the first value of a query parameter.
    public Optional<String> query(String name) {
        return request.query().contains(name)
                ? Optional.of(request.query().first(name).orElse(""))
                : Optional.empty();
    }

    /// Returns the first value of a request header.
    public Optional<String> header(String name) {
        return request.headers().first(name(name));
    }

    /// Returns the values of a request header, one for each line it was sent in.
    public List<String> headerLines(String name) {
        return headers(name(name));
    }

    /// Reads the body as strict JSON into `type`.
    ///
    /// @throws ApiException 400, 408, 413, 415 or 422, naming the field if one is at fault
    public <T> T body(Class<T> type) {
        return JsonBody.bind(json(), type);
    }

    /// Reads the body as a JSON object, with the checks of `body`.
    public JsonNode json() {
        return body.json();
    }

    /// Reads the body as it came, up to the limit, whatever its type.
    public byte[] rawBody() {
        return body.bytes();
    }

    /// Reads a number from the query.
    ///
    /// @throws ApiException 422 naming the parameter, if it is no number or out of bounds
    public int intQuery(String name, int fallback, int min, int max) {
        Optional<String> text = query(name);
        if (text.isEmpty()) {
            return fallback;
        }
        OptionalInt number = number(text.get());
        if (number.isEmpty() || number.getAsInt() < min || number.getAsInt() > max) {
            throw ApiException.unprocessable(name, name + " must be a whole number from " + min + " to " + max + ".");
        }
        return number.getAsInt();
    }

    /// Reads the body as it came, whatever its type, up to a limit of the route's own.
    public byte[] rawBody(int most) {
        return body.bytes(most);
    }

    /// @throws ApiException 413 if a body is announced that is larger than routes take unless they say
    ///     otherwise
    void checkAnnouncedBody() {
        body.checkAnnounced();
    }

    /// Adds a header to the answer.
    public Exchange responseHeader(String name, String value) {
        response.header(name(name), value);
        return this;
    }

    /// Answers with JSON.
    public void send(int status, Object jsonBody) {
        send(status, "application/json", Json.bytes(jsonBody));
    }

    /// Answers with text.
    public void sendText(int status, String mediaType, String text) {
        send(status, mediaType, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Answers without a body.
    public void sendEmpty(int status) {
        prepare(status);
        write(response::send);
    }

    /// Starts watching for the client to leave.
    public Departure departure() {
        Departure watched = departure;
        if (watched == null) {
            watched = new Departure();
            departure = watched;
            connection.intake().watch(watched);
        }
        return watched;
    }

    /// Answers with an event stream, which ends when the handler returns.
    public SseWriter sse() {
        if (head()) {
            SseWriter.describe(response);
            sendEmpty(200);
            return SseWriter.silent(this);
        }
        return SseWriter.open(this, response, streams);
    }

    /// Returns when the request's head had arrived, on the nano clock.
    public long arrivedNanos() {
        return arrivedNanos;
    }

    /// Returns when the request's head had arrived.
    public Instant arrivedAt() {
        return arrivedAt;
    }

    /// Returns the URL, relative to the service, by which a browser may open an event stream in the
    /// caller's name for a short while.
    ///
    /// @param path that of a stream that the caller may read
    public String ticketUrl(String path) {
        return tickets.apply(path);
    }

    /// @param ticketed makes a stream's path into a URL with a ticket
    void admit(Caller admitted, Map<String, String> parameters, UnaryOperator<String> ticketed) {
        caller = admitted;
        pathParameters = parameters;
        tickets = ticketed;
    }

    String method() {
        return request.prologue().method().text();
    }

    boolean head() {
        return method().equals("HEAD");
    }

    List<String> headers(HeaderName name) {
        ServerRequestHeaders headers = request.headers();
        return headers.all(name, List::of);
    }

    /// Asks for the connection to be closed after the answer.
    void closeAfter() {
        closeAfter = true;
    }

    boolean mustClose() {
        return closeAfter || streams.stopping();
    }

    void streaming(SseWriter opened) {
        stream = opened;
    }

    /// Returns whether the answer is an event stream that has begun.
    boolean streaming() {
        return stream != null;
    }

    /// Leaves the answer to the web server's own routes.
    void passOn() {
        response.next();
    }

    /// Called when the answer is out, or never will be.
    void finish() {
        settle();
        if (body.withheld()) {
            closeAfter = true;
            connection.lingerAtClose();
        }
        if (stream != null) {
            streams.closed(stream);
            closeAfter |= stream.revoked();
        }
    }

    boolean answered() {
        return response.isSent();
    }

    int status() {
        return response.status().code();
    }

    void refuse(ApiException error) {
        error.headers().forEach(this::responseHeader);
        if (body.unread()) {
            // what is left of the body would be taken for the next request
            closeAfter = true;
            connection.lingerAtClose();
        }
        send(error.status(), Problem.MEDIA_TYPE, Problems.write(error, path()));
    }

    /// Forgets who waits for the client to leave: nobody can any more.
    void settle() {
        if (departure != null) {
            departure.settle();
        }
    }

    /// Answers with bytes.
    public void send(int status, String mediaType, byte[] bytes) {
        prepare(status);
        response.header(HeaderNames.CONTENT_TYPE, mediaType);
        if (head()) {
            response.contentLength(bytes.length);
            write(response::send);
        } else {
            write(() -> response.send(bytes));
        }
    }

    /// Lets those go first who have not answered yet: after a flight's end hundreds write at once, and
    /// what is left to do after an answer (counting, logging) would make the others' answers late.
    @SuppressWarnings("ThreadPriorityCheck") // an order that is better on average; nothing depends on it
    public static void giveWay() {
        Thread.yield();
    }

    private void prepare(int status) {
        settle();
        response.status(Status.create(status));
        if (mustClose()) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
    }

    /// The client's leaving before its answer is no error of ours: noted, and its connection is closed.
    private void write(Runnable answer) {
        try {
            answer.run();
        } catch (UncheckedIOException lost) {
            closeAfter = true;
            LOG.log(Level.DEBUG, "event=answer_lost request_id=" + requestId, lost);
        }
    }

    private static HeaderName name(String text) {
        return NAMES.computeIfAbsent(text, HeaderNames::create);
    }

    private static OptionalInt number(String text) {
        try {
            return OptionalInt.of(Integer.parseInt(text));
        } catch (NumberFormatException notANumber) {
            return OptionalInt.empty();
        }
    }
}
