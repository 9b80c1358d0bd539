package dev.sluice.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.ops.SettingView;
import dev.sluice.model.ops.SettingsView;
import dev.sluice.model.session.SessionView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What was promised to clients that connect late.
final class SessionSeeds {
    private static final int[] LATE_MS = {100, 200, 300, 400, 500, 2_000};
    private static final int BUFFERED = 100;
    private static final String GREETING = "{\"user_id\":\"bench\",\"user_prompt\":\"hello\",\"github_credentials\":"
            + "{\"access_token\":\"not-a-real-token\",\"repository_url\":\"https://github.com/acme/shop\"}}";

    private final Run run;
    private final Sluice sluice;

    SessionSeeds(Run run, Sluice sluice) {
        this.run = run;
        this.sluice = sluice;
    }

    void measure() throws Exception {
        greetings(run.count(100, 10));
        lateForGreetings();
        lateForStream();
        behind();
        var settings = Client.read(
                sluice.client().get("/api/ops/settings", "Authorization", sluice.operator()), SettingsView.class);
        told(settings, "SESSION_BUFFER_TTL", "5m");
        told(settings, "SESSION_BUFFER_EVENTS", Integer.toString(BUFFERED));
    }

    private void greetings(int count) throws IOException, InterruptedException {
        greeting(); // the first one loads classes
        var nanos = new Sample();
        for (int i = 0; i < count; i++) {
            nanos.add(greeting());
        }
        SeedSuite.tell(
                run,
                "a greeting, from the POST to the end of its events: the slowest of " + count,
                Numbers.millis(nanos.max()),
                " ms",
                Limit.atMost(300));
    }

    private long greeting() throws IOException, InterruptedException {
        long began = System.nanoTime();
        Received received = events(greet());
        long took = System.nanoTime() - began;
        if (!received.endsWith("complete")) {
            throw new IOException("a greeting without its end: " + received);
        }
        return took;
    }

    /// Nobody has read before: all there is comes from what was kept.
    private void lateForGreetings() throws IOException, InterruptedException {
        List<String> begun = new ArrayList<>();
        long now = System.nanoTime();
        for (int i = 0; i < LATE_MS.length; i++) {
            begun.add(greet());
        }
        long missing = 0;
        for (int i = 0; i < LATE_MS.length; i++) {
            Pause.until(now + LATE_MS[i] * 1_000_000L);
            Received received = events(begun.get(i));
            var session = Client.read(sluice.client().get("/api/sessions/" + begun.get(i)), SessionView.class);
            missing += session.events() - received.unbroken() + (received.endsWith("complete") ? 0 : 1);
        }
        SeedSuite.tell(
                run,
                "greetings read first 100-500 ms and 2 s late: events missing",
                (double) missing,
                "",
                Limit.exactly(0));
    }

    private void lateForStream() throws Exception {
        int chunks = 120;
        try (var channel = new SluiceFeed(sluice, new Keys()).open(Plan.stream(0, chunks, 25_000, 64));
                var readers = new Readers(sluice.port())) {
            long now = System.nanoTime();
            readers.open(LATE_MS.length);
            for (int i = 0; i < LATE_MS.length; i++) {
                Pause.until(now + LATE_MS[i] * 1_000_000L);
                readers.ask(i, channel.read(0));
            }
            long all = (long) chunks * LATE_MS.length;
            readers.await(10_000, () -> readers.counts().delivered() >= all);
            var counts = readers.counts();
            SeedSuite.tell(
                    run,
                    "a stream of 3 s, readers 100-500 ms and 2 s late: events missing or out of order",
                    (double) all - counts.delivered() + counts.disordered(),
                    "",
                    Limit.exactly(0));
        }
    }

    /// What is removed from the disk can only come from memory.
    private void behind() throws Exception {
        int events = 250;
        try (var channel = new SluiceFeed(sluice, new Keys())
                        .open(Plan.stream(0, events, 0, 200).held(60_000));
                var readers = new Readers(sluice.port());
                var stored = new StoredSessions(sluice.data())) {
            channel.awaitPublished();
            stored.removeEvents(channel.id(), events);
            readers.open(1, channel.read(events - BUFFERED));
            readers.await(5_000, () -> readers.counts().delivered() >= BUFFERED);
            SeedSuite.tell(
                    run,
                    "back with 100 events behind, none of them on disk any more: had in order",
                    (double) readers.counts().delivered() - readers.counts().disordered(),
                    "",
                    Limit.exactly(BUFFERED));
        }
    }

    private void told(SettingsView settings, String name, String wanted) throws IOException {
        String value = settings.find(name).map(SettingView::value).orElse("none");
        run.report()
                .add(new Row(
                        "seed",
                        name + ", not measured: as the service tells it",
                        value,
                        "",
                        "",
                        "= " + wanted,
                        value.equals(wanted) ? "met" : "missed"));
    }

    private String greet() throws IOException, InterruptedException {
        return Client.read(sluice.client().post("/api/refactor", GREETING), JsonNode.class)
                .path("session_id")
                .asText();
    }

    private Received events(String session) throws IOException, InterruptedException {
        return Received.of(sluice.client().get("/api/refactor/" + session + "/sse"));
    }
}
