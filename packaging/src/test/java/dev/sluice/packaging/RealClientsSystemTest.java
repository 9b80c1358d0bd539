package dev.sluice.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.sluice.model.Json;
import dev.sluice.packaging.NastySession.Event;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Event streams as the parsers of others read them, directly and through nginx.
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealClientsSystemTest {
    private Browser browser;
    private WholeSystem system;
    private NastySession session;
    private @Nullable Nginx nginx;

    enum Way {
        DIRECT,
        NGINX
    }

    @BeforeAll
    void start(@TempDir Path dataDirectory, @TempDir Path nginxDirectory) throws Exception {
        assumeTrue(RunningService.isBuilt(), "there is no main class in the service's jar");
        browser = new Browser();
        system = WholeSystem.start(dataDirectory, Map.of("CORS_ALLOWED_ORIGINS", browser.origin()));
        String token = Files.readString(dataDirectory.resolve("operator.token")).strip();
        session = NastySession.in(system.service.base(), token);
        if (Program.isInstalled("nginx")) {
            nginx = Nginx.start(nginxDirectory, system.service.base());
        }
    }

    @AfterAll
    void stop() throws Exception {
        if (nginx != null) {
            nginx.close();
        }
        if (system != null) {
            system.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "eventsource, DIRECT", "eventsource, NGINX",
        "undici, DIRECT", "undici, NGINX",
        "eventsource-parser, DIRECT", "eventsource-parser, NGINX"
    })
    @DisplayName("R10, R11 clients from npm read every payload exactly, directly and through nginx")
    void nodeClients(String client, Way way) throws Exception {
        assumeTrue(Program.isInstalled("node") && Program.isInstalled("npm"), "node and npm are not installed");
        URI events = events(way);

        String read = NodeClients.install().read(client, events);

        assertSame(parsed(read));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    @DisplayName("R10, R11 okhttp-sse reads every payload exactly, directly and through nginx")
    void okHttp(Way way) throws Exception {
        assertSame(readWithOkHttp(events(way)));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    @DisplayName("R10, R11 Chromium's EventSource reads every payload exactly, directly and through nginx")
    void chromium(Way way, @TempDir Path profile) throws Exception {
        assumeTrue(Program.isInstalled("chromium"), "chromium is not installed");
        URI events = events(way);

        String read = browser.read(events, profile);

        assertSame(parsed(read));
    }

    @Test
    @DisplayName("R11 events of a running stream pass nginx as they happen, although it buffers by default")
    void nginxDoesNotHoldEventsBack() throws Exception {
        URI front = base(Way.NGINX);
        try (var client = new OldClient(front)) {
            String thread = client.createThread();
            system.upstream.hold();

            try (var stream = new OldStream(client.stream(thread, "through nginx"))) {
                stream.readTo("delta"); // the provider says no more before it is released
                system.upstream.release();

                assertThat(stream.readAll().done()).isTrue();
            }
        } finally {
            system.upstream.release();
        }
    }

    private URI events(Way way) {
        return base(way).resolve(session.path());
    }

    private URI base(Way way) {
        if (way == Way.DIRECT) {
            return system.service.base();
        }
        Nginx front = nginx;
        assumeTrue(front != null, "nginx is not installed");
        return front == null ? URI.create("about:blank") : front.base();
    }

    private static List<Event> readWithOkHttp(URI events) throws Exception {
        List<Event> read = new ArrayList<>();
        var whole = new CompletableFuture<List<Event>>();
        var listener = new EventSourceListener() {
            @Override
            public void onEvent(EventSource source, @Nullable String id, @Nullable String type, String data) {
                read.add(new Event(String.valueOf(type), String.valueOf(id), data));
            }

            @Override
            public void onClosed(EventSource source) {
                whole.complete(read);
            }

            @Override
            public void onFailure(EventSource source, @Nullable Throwable thrown, @Nullable Response response) {
                whole.completeExceptionally(new AssertionError("failed after " + read.size() + " events", thrown));
            }
        };
        var http = new OkHttpClient();
        try {
            EventSources.createFactory(http)
                    .newEventSource(new Request.Builder().url(events.toString()).build(), listener);
            return whole.get(60, TimeUnit.SECONDS);
        } finally {
            http.dispatcher().executorService().shutdown();
            http.connectionPool().evictAll();
        }
    }

    private static List<Event> parsed(String json) {
        try {
            return Json.mapper().readValue(json, new TypeReference<List<Event>>() {});
        } catch (JsonProcessingException e) {
            throw new AssertionError("no events: " + json, e);
        }
    }

    /// Compares one by one: a megabyte in a message helps nobody.
    private void assertSame(List<Event> read) {
        assertThat(read)
                .extracting(Event::id)
                .isEqualTo(session.expected().stream().map(Event::id).toList());
        for (int i = 0; i < read.size(); i++) {
            Event expected = session.expected().get(i);
            assertThat(read.get(i).type()).isEqualTo(expected.type());
            assertThat(read.get(i).data().equals(expected.data()))
                    .as("event %d is %.200s", i + 1, read.get(i).data())
                    .isTrue();
        }
    }
}
