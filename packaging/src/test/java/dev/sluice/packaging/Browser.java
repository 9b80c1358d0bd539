package dev.sluice.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A web site whose page reads an event stream of another origin, and the browser that opens it.
final class Browser implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;
    private static final String PAGE = """
        <!doctype html>
        <meta charset="utf-8">
        <script>
        const events = [];
        const report = (text) => fetch('/result', {method: 'POST', body: text});
        const source = new EventSource(new URLSearchParams(location.search).get('events'));
        const take = (event) => events.push({type: event.type, id: event.lastEventId, data: event.data});
        source.addEventListener('message', take);
        source.addEventListener('done', (event) => {
            source.close();
            take(event);
            report(JSON.stringify(events));
        });
        source.addEventListener('error', () => report('error after ' + events.length + ' events'));
        </script>
        """;

    private final HttpServer site;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile CompletableFuture<String> result = new CompletableFuture<>();

    Browser() throws IOException {
        site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.setExecutor(threads);
        site.createContext("/", this::page);
        site.createContext("/result", this::result);
        site.start();
    }

    /// Returns the origin of the page.
    String origin() {
        return "http://127.0.0.1:" + site.getAddress().getPort();
    }

    /// Opens the page in headless Chromium and returns what it read, as JSON.
    ///
    /// @param profile an empty directory
    String read(URI events, Path profile) throws Exception {
        result = new CompletableFuture<>();
        Process chromium = new ProcessBuilder(List.of(
                        "chromium",
                        "--headless",
                        "--no-sandbox", // root has none, and the page is ours
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--no-first-run",
                        "--remote-debugging-port=0", // else it ends when the page is loaded
                        "--user-data-dir=" + profile,
                        origin() + "/?events=" + URLEncoder.encode(events.toString(), UTF_8)))
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("output").toFile())
                .start();
        try {
            return result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("no result from Chromium, alive: " + chromium.isAlive(), e);
        } finally {
            List<ProcessHandle> children = chromium.descendants().toList();
            chromium.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            for (ProcessHandle child : children) {
                child.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS); // they write into the profile
            }
            chromium.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        site.stop(0);
        threads.close();
    }

    private void page(HttpExchange exchange) throws IOException {
        answer(exchange, "text/html; charset=utf-8", PAGE);
    }

    private void result(HttpExchange exchange) throws IOException {
        String text = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        answer(exchange, "text/plain", "thanks");
        result.complete(text);
    }

    private static void answer(HttpExchange exchange, String type, String text) throws IOException {
        try (exchange) {
            byte[] bytes = text.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
