package dev.sluice.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.auth.Caller;
import java.time.Instant;
import java.util.Optional;

/// One request and its answer. Used by the handler's thread alone.
@SuppressWarnings("DoNotCallSuggester")
public final class Exchange {
    Exchange() {}

    /// Returns the request's id: the client's own, or ours.
    public String requestId() {
        throw new UnsupportedOperationException();
    }

    /// Returns who asks; `Caller#anonymous` on public routes.
    public Caller caller() {
        throw new UnsupportedOperationException();
    }

    /// Identifies the caller of a public route after all, for a route with another way in (tickets).
    ///
    /// @throws ApiException 401, 403 or 404
    public Caller require(Access access) {
        throw new UnsupportedOperationException();
    }

    /// Returns the request's path, undecoded, without the query.
    public String path() {
        throw new UnsupportedOperationException();
    }

    /// Returns the decoded value of a name in the route's pattern.
    public String pathParameter(String name) {
        throw new UnsupportedOperationException();
    }

    /// Returns the first value of a query parameter.
    public Optional<String> query(String name) {
        throw new UnsupportedOperationException();
    }

    /// Returns the first value of a request header.
    public Optional<String> header(String name) {
        throw new UnsupportedOperationException();
    }

    /// Reads the body as strict JSON into `type`.
    ///
    /// @throws ApiException 400, 408, 413, 415 or 422, naming the field if one is at fault
    public <T> T body(Class<T> type) {
        throw new UnsupportedOperationException();
    }

    /// Reads the body as a JSON object, with the checks of `body`.
    public JsonNode json() {
        throw new UnsupportedOperationException();
    }

    /// Reads the body as it came, up to the limit, whatever its type.
    public byte[] rawBody() {
        throw new UnsupportedOperationException();
    }

    /// Reads a number from the query.
    ///
    /// @throws ApiException 422 naming the parameter, if it is no number or out of bounds
    public int intQuery(String name, int fallback, int min, int max) {
        throw new UnsupportedOperationException();
    }

    /// Adds a header to the answer.
    public Exchange responseHeader(String name, String value) {
        throw new UnsupportedOperationException();
    }

    /// Answers with JSON.
    public void send(int status, Object jsonBody) {
        throw new UnsupportedOperationException();
    }

    /// Answers with text.
    public void sendText(int status, String mediaType, String text) {
        throw new UnsupportedOperationException();
    }

    /// Answers without a body.
    public void sendEmpty(int status) {
        throw new UnsupportedOperationException();
    }

    /// Starts watching for the client to leave.
    public Departure departure() {
        throw new UnsupportedOperationException();
    }

    /// Answers with an event stream, which ends when the handler returns.
    public SseWriter sse() {
        throw new UnsupportedOperationException();
    }

    /// Returns when the request's head had arrived, on the nano clock.
    public long arrivedNanos() {
        throw new UnsupportedOperationException();
    }

    /// Returns when the request's head had arrived.
    public Instant arrivedAt() {
        throw new UnsupportedOperationException();
    }
}
