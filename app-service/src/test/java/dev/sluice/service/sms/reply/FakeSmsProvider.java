package dev.sluice.service.sms.reply;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A provider of SMS on a loopback port that speaks all dialects, misbehaves as told and counts what it
/// sent: people's phones would have got exactly [#sent].
///
/// It works on sockets, so it can drop a connection before or after it has read a request. Thread-safe;
/// requests for which no fault was queued get the standing one, at first [SmsFault#none].
public final class FakeSmsProvider implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    /// A request as it came.
    ///
    /// @param headers by lower-case name
    public record Request(String method, String path, Map<String, String> headers, String body) {
        public Request {
            headers = Map.copyOf(headers);
        }

        /// Returns a form's fields, or a JSON object's texts.
        public Map<String, String> fields() {
            var fields = new HashMap<String, String>();
            if (headers.getOrDefault("content-type", "").startsWith("application/json")) {
                json().properties()
                        .forEach(field ->
                                fields.put(field.getKey(), field.getValue().asText()));
                return fields;
            }
            for (String pair : body.split("&", -1)) {
                String[] sides = pair.split("=", 2);
                fields.put(decoded(sides[0]), sides.length == 1 ? "" : decoded(sides[1]));
            }
            return fields;
        }

        private JsonNode json() {
            try {
                return Json.mapper().readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException("not JSON: " + body, e);
            }
        }

        private static String decoded(String text) {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        }
    }

    /// A message that reached a phone.
    ///
    /// @param replyId null in dialects that have none
    public record Sms(@Nullable String replyId, String to, String text) {}

    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<SmsFault> queued = new ArrayDeque<>();
    private final List<Request> requests = new ArrayList<>();
    private final List<Sms> sent = new ArrayList<>();
    private SmsFault standing = SmsFault.none();
    private int connections;

    /// Starts it on a free port of the loopback interface.
    public FakeSmsProvider() {
        try {
            server = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("no loopback port", e);
        }
        Thread.ofVirtual().name("fake-sms-accept").start(this::accept);
    }

    /// Returns the base URL, without a slash at its end.
    public String baseUrl() {
        return "http://" + server.getInetAddress().getHostAddress() + ":" + server.getLocalPort();
    }

    /// Misbehaves like this from now on.
    public void always(SmsFault fault) {
        locked(() -> standing = fault);
    }

    /// Misbehaves like this for the next requests, one each, before the standing fault applies again.
    public void next(SmsFault... faults) {
        locked(() -> queued.addAll(List.of(faults)));
    }

    /// Returns the requests that were read to their end, in order of arrival.
    public List<Request> requests() {
        lock.lock();
        try {
            return List.copyOf(requests);
        } finally {
            lock.unlock();
        }
    }

    /// Returns what reached phones, in order.
    public List<Sms> sent() {
        lock.lock();
        try {
            return List.copyOf(sent);
        } finally {
            lock.unlock();
        }
    }

    /// Returns how many messages reached a number.
    public long sentTo(String number) {
        return sent().stream().filter(sms -> sms.to().equals(number)).count();
    }

    /// Returns how many messages were sent for a reply; in dialects without ids always 0.
    public long sentFor(String replyId) {
        return sent().stream().filter(sms -> replyId.equals(sms.replyId())).count();
    }

    /// Returns how many connections were opened.
    public int connections() {
        lock.lock();
        try {
            return connections;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until at least `count` requests have been read.
    ///
    /// @throws AssertionError if that takes over 30 s
    public void awaitRequests(int count) throws InterruptedException {
        long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        lock.lock();
        try {
            while (requests.size() < count) {
                if (left <= 0) {
                    throw new AssertionError("waited in vain for " + count + " requests, came: " + requests.size());
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Closes the port and every connection.
    @Override
    public void close() {
        closeQuietly(server);
        sockets.forEach(FakeSmsProvider::closeQuietly);
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                sockets.add(socket);
                locked(() -> connections++);
                Thread.ofVirtual().name("fake-sms-connection").start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed: that is how it ends
        }
    }

    private void serve(Socket socket) {
        SmsFault fault = nextFault();
        try (socket) {
            if (fault.kind() == SmsFault.Kind.DROP_BEFORE_READING) {
                socket.setSoLinger(true, 0);
                return;
            }
            Request request = read(new BufferedInputStream(socket.getInputStream()));
            locked(() -> {
                requests.add(request);
                if (fault.sends()) {
                    sent.add(sms(request));
                }
            });
            switch (fault.kind()) {
                case DROP_AFTER_READING -> socket.setSoLinger(true, 0);
                case STALL -> awaitDeparture(socket);
                default -> answer(socket, request, fault);
            }
        } catch (IOException e) {
            // the client left
        } finally {
            sockets.remove(socket);
        }
    }

    private SmsFault nextFault() {
        lock.lock();
        try {
            SmsFault fault = queued.poll();
            return fault == null ? standing : fault;
        } finally {
            lock.unlock();
        }
    }

    private static void awaitDeparture(Socket socket) throws IOException {
        while (socket.getInputStream().read() >= 0) {
            // whatever else it says
        }
    }

    private static void answer(Socket socket, Request request, SmsFault fault) throws IOException {
        String body = fault.body() == null ? accepted(request) : fault.body();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        int announced = fault.kind() == SmsFault.Kind.CUT ? bytes.length + 100 : bytes.length;
        var head = new StringBuilder("HTTP/1.1 " + fault.status() + " Whatever\r\nContent-Type: application/json\r\n"
                + "Connection: close\r\nContent-Length: " + announced + "\r\n");
        fault.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        var out = socket.getOutputStream();
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.write(bytes);
        out.flush();
    }

    /// What the provider of this dialect answers when it took a message.
    private static String accepted(Request request) {
        if (request.path().contains("/sendsms/")) {
            return "{\"result\":{\"error\":0,\"sent\":\"1\",\"id\":\"sma-1\",\"note\":\"sent by mobile\"}}";
        }
        if (request.path().contains("/Messages.json")) {
            return "{\"sid\":\"SM1\",\"status\":\"queued\",\"error_code\":null,\"error_message\":null}";
        }
        return "{\"id\":\"h-1\"}";
    }

    private static Sms sms(Request request) {
        Map<String, String> fields = request.fields();
        String to = fields.getOrDefault("recipients", fields.getOrDefault("To", fields.getOrDefault("to", "")));
        String text = fields.getOrDefault("message", fields.getOrDefault("Body", ""));
        return new Sms(fields.get("reply_id"), to, text);
    }

    private static Request read(InputStream in) throws IOException {
        String[] words = line(in).split(" ", -1);
        var headers = new HashMap<String, String>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length || words.length < 2) {
            throw new IOException("the request broke off");
        }
        return new Request(words[0], words[1], headers, new String(body, StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            line.append((char) b);
        }
        return line.toString().strip();
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // nothing left to close
        }
    }
}
