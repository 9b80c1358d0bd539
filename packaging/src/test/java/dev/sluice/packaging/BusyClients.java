package dev.sluice.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Clients that write all they can to a service until it is killed, and note what they were told is done.
///
/// Thread-safe.
final class BusyClients implements AutoCloseable {
    private static final int CLIENTS = 6;
    private static final int TEXTERS = 3;

    private final OldClient client;
    private final ToldSettings settings;
    private final ToldTexts texts;
    private final String name;
    private final Queue<ToldThread> threads = new ConcurrentLinkedQueue<>();
    private final Queue<ToldSession> sessions = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean killing;

    /// @param name different for each life of the service
    BusyClients(OldClient client, ToldSettings settings, ToldTexts texts, String name) {
        this.client = client;
        this.settings = settings;
        this.texts = texts;
        this.name = name;
        for (int i = 0; i < CLIENTS; i++) {
            String each = name + "-client-" + i;
            executor.execute(() -> untilTheEnd(() -> chat(each)));
        }
        for (int i = 0; i < TEXTERS; i++) {
            executor.execute(() -> untilTheEnd(this::text));
        }
        executor.execute(() -> untilTheEnd(this::operate));
    }

    /// Returns how much was acknowledged so far.
    int acknowledged() {
        return acknowledged.get();
    }

    /// Returns what went wrong before the kill.
    List<Throwable> faults() {
        return List.copyOf(faults);
    }

    /// From now on a lost connection is what is to be expected.
    void expectTheEnd() {
        killing = true;
    }

    /// Returns what they were told, once they have all ended.
    List<ToldThread> threads() {
        return List.copyOf(threads);
    }

    /// Returns what they saw of sessions, once they have all ended.
    List<ToldSession> sessions() {
        return List.copyOf(sessions);
    }

    @Override
    public void close() {
        executor.close();
    }

    private void untilTheEnd(Work work) {
        try {
            while (true) {
                work.go();
            }
        } catch (IOException lost) {
            if (!killing) {
                faults.add(lost);
            }
        } catch (InterruptedException | RuntimeException | AssertionError fault) {
            faults.add(fault);
        }
    }

    private void chat(String each) throws IOException, InterruptedException {
        ToldThread thread = created();
        for (int i = 0; i < 4; i++) {
            String question = each + "-asks-" + acknowledged.incrementAndGet();
            thread.asking(question);
            thread.answered(i % 2 == 0 ? plain(thread, question) : streamed(thread, question));
            thread.renaming(question);
            OldClient.json(client.send(
                    "PATCH",
                    "/api/threads/" + thread.id,
                    "{\"title\":\"" + question + "\"}",
                    ToldThread.keyed(question)));
            thread.renamed();
            acknowledged.incrementAndGet();
        }
        ToldThread unwanted = created();
        unwanted.deleting();
        OldClient.json(client.send("DELETE", "/api/threads/" + unwanted.id, "", ToldThread.keyed(name)));
        unwanted.deleted();
        acknowledged.incrementAndGet();
    }

    private ToldThread created() throws IOException, InterruptedException {
        var thread = new ToldThread(client.createThread());
        threads.add(thread);
        acknowledged.incrementAndGet();
        return thread;
    }

    private String plain(ToldThread thread, String question) throws IOException, InterruptedException {
        var answer = client.send(
                "POST", OldClient.messages(thread.id), OldClient.message(question), ToldThread.keyed(question));
        return OldClient.json(answer).path("assistant_message").path("content").asText();
    }

    private String streamed(ToldThread thread, String question) throws IOException, InterruptedException {
        var response = client.stream(thread.id, OldClient.message(question), ToldThread.keyed(question));
        try (var body = response.body()) {
            assertThat(response.statusCode()).isEqualTo(200);
            var session = new ToldSession(
                    response.headers().firstValue("Sluice-Flight").orElseThrow());
            sessions.add(session);
            session.read(body);
            if (!session.done()) {
                throw new IOException("the stream ended before its end");
            }
            return session.text();
        }
    }

    private void text() throws IOException, InterruptedException {
        texts.text(client);
        acknowledged.incrementAndGet();
    }

    private void operate() throws IOException, InterruptedException {
        settings.change(client);
        acknowledged.incrementAndGet();
    }

    private interface Work {
        void go() throws IOException, InterruptedException;
    }
}
