package dev.sluice.service.thread;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Json;
import dev.sluice.service.http.Until;
import dev.sluice.service.provider.FakeReply;
import dev.sluice.service.session.SessionFilter;
import dev.sluice.service.store.TemporaryDatabase;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A deleted thread takes its sessions with it.
@Timeout(60)
class ForgettingTest {
    @RegisterExtension
    final TemporaryDatabase temporary = new TemporaryDatabase();

    private ChatServer chat;
    private String thread;

    @BeforeEach
    void start() {
        chat = new ChatServer(temporary.db());
        thread = chat.thread();
    }

    @AfterEach
    void stop() {
        chat.close();
    }

    @Test
    @DisplayName("X11 deleting a thread removes its sessions' events and says how many there were; others stay")
    void deletedThreadIsForgotten() throws Exception {
        chat.upstream.reply(FakeReply.streaming("the", " secret"));
        String other = chat.thread();
        chat.ask(thread, "hi");
        chat.ask(thread, "hi again");
        chat.ask(other, "hi");
        Until.holds("all are stored", () -> chat.sessions.stats().running() == 0 && sessions() == 3);

        var answer = chat.delete(ChatServer.ORG, "/api/threads/" + thread);

        assertThat(Json.mapper()
                        .readTree(answer.body())
                        .path("sessions_removed")
                        .asInt())
                .isEqualTo(2);
        assertThat(sessions()).isEqualTo(1);
        Until.holds("their events are gone", () -> sessionsWithEvents() == 1);
    }

    @Test
    @DisplayName("X11 the session of a flight in the air when its thread is deleted is never shown and leaves nothing")
    void flightInTheAirIsForgotten() throws Exception {
        var hold = new CountDownLatch(1);
        chat.upstream.reply(FakeReply.streaming("the", " secret").heldAfter(1, hold));
        var asked = chat.asking(thread, "hi");
        Until.holds("it is asked", () -> chat.upstream.calls() == 1);
        chat.delete(ChatServer.ORG, "/api/threads/" + thread);

        hold.countDown();

        assertThat(asked.get().statusCode()).isEqualTo(404);
        Until.holds("it is over", () -> chat.sessions.stats().running() == 0);
        assertThat(sessions()).isZero();
        chat.sessions.sweepSoon();
        Until.holds("nothing is left", () -> sessionsWithEvents() == 0);
    }

    private int sessions() {
        return chat.sessions.list(SessionFilter.newest(ChatServer.ORG, 10)).size();
    }

    private long sessionsWithEvents() {
        return temporary.db().read(sql -> sql.number("SELECT count(DISTINCT session_id) AS n FROM session_chunks"));
    }
}
