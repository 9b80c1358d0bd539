package dev.sluice.service.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.model.Json;
import dev.sluice.model.thread.Turn;
import dev.sluice.service.coalesce.Attachment;
import dev.sluice.service.coalesce.FlightException;
import dev.sluice.service.coalesce.Leave;
import dev.sluice.service.coalesce.Role;
import dev.sluice.service.provider.PromptMessage;
import dev.sluice.service.provider.ProviderException;
import dev.sluice.service.provider.Usage;
import dev.sluice.service.store.StoreUnavailableException;
import dev.sluice.service.store.TemporaryDatabase;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ChatWorkTest {
    @RegisterExtension
    final TemporaryDatabase temporary = new TemporaryDatabase();

    private ChatEngine engine;

    @BeforeEach
    void start() {
        engine = new ChatEngine(temporary.db());
    }

    @AfterEach
    void stop() {
        temporary.commitsFail(false);
        engine.close();
    }

    @Test
    @DisplayName("C23 a turn that cannot be stored is answered all the same, marked stored=false")
    void unstoredTurnIsAnswered() throws Exception {
        temporary.commitsFail(true);
        try (Attachment<ChatResult> asked =
                engine.start(Questions.of("hi"), RecordingProvider.saying("all ", "well"))) {
            ChatResult result = asked.await(ChatEngine.FOREVER);

            assertThat(result.stored()).isFalse();
            assertThat(result.turn().assistantMessage().content()).isEqualTo("all well");
            Turn seen = seen(result, "request-9", 3);
            assertThat(seen.userMessage().meta().stored()).isFalse();
            assertThat(seen.assistantMessage().meta().stored()).isFalse();
            assertThat(ChatEngine.transcript(asked)).contains("event: done").contains("\"stored\":false");
        }
        assertThat(rows("messages")).isZero();
        assertThat(engine.metrics.totals().providerCalls()).isOne();
    }

    @Test
    @DisplayName("C23 an answer that was not stored is not reused, and the next one is stored as the first turn")
    void unstoredTurnIsNotReused() throws Exception {
        var provider = RecordingProvider.saying("answer");
        temporary.commitsFail(true);
        engine.ask(Questions.of("hi"), provider);
        temporary.commitsFail(false);

        ChatResult second = engine.ask(Questions.of("hi"), provider);

        assertThat(second.stored()).isTrue();
        assertThat(second.turn().userMessage().sequence()).isOne();
        assertThat(seen(second, "r", 1).assistantMessage().meta().stored()).isNull();
        assertThat(provider.asked).hasSize(2);
        assertThat(rows("messages")).isEqualTo(2);
    }

    @Test
    @DisplayName("C23 a turn that the database refuses for what it says is answered, marked stored=false")
    void refusedTurnIsAnswered() throws Exception {
        temporary.db().write("refuse", sql -> sql.update("""
            CREATE TRIGGER no_answers BEFORE INSERT ON messages BEGIN SELECT RAISE(ABORT, 'refused'); END\
            """));

        ChatResult result = engine.ask(Questions.of("hi"), RecordingProvider.saying("answer"));

        assertThat(result.stored()).isFalse();
        assertThat(result.turn().assistantMessage().content()).isEqualTo("answer");
        assertThat(rows("messages")).isZero();
    }

    @Test
    @DisplayName("C13 C23 an idempotent request that was not stored may be asked again under its key")
    void unstoredIdempotentTurnMayBeAskedAgain() throws Exception {
        var question = Questions.of("thread-1", "hi", "key-1");
        var provider = new RecordingProvider((_, chunks) -> {
            temporary.commitsFail(true);
            chunks.text("answer");
            return RecordingProvider.ended("stop");
        });
        assertThat(engine.ask(question, provider).stored()).isFalse();
        temporary.commitsFail(false);

        ChatResult again = engine.ask(question, RecordingProvider.saying("second"));

        assertThat(again.stored()).isTrue();
        assertThat(again.turn().assistantMessage().content()).isEqualTo("second");
        assertThat(engine.ask(question, RecordingProvider.saying("third")).turn())
                .isEqualTo(again.turn());
    }

    @Test
    @DisplayName("D4 a store that cannot be read costs no call and is told as such")
    void unreadableStoreCostsNoCall() {
        var provider = RecordingProvider.saying("answer");
        temporary.db().close();

        assertThatExceptionOfType(FlightException.class)
                .isThrownBy(() -> engine.ask(Questions.of("hi"), provider))
                .withCauseInstanceOf(StoreUnavailableException.class)
                .withMessage("The store is not available.");
        assertThat(provider.asked).isEmpty();
    }

    @Test
    @DisplayName("C24 a thread deleted in mid-flight: listeners are told, no row appears")
    void threadDeletedInMidFlight() {
        var provider = new RecordingProvider((_, chunks) -> {
            chunks.text("answer");
            engine.repository.delete("acme", "thread-1");
            return RecordingProvider.ended("stop");
        });

        assertThatExceptionOfType(FlightException.class)
                .isThrownBy(() -> engine.ask(Questions.of("hi"), provider))
                .withCauseInstanceOf(ThreadGoneException.class);
        assertThat(rows("messages") + rows("turns") + rows("thread_audit")).isZero();
    }

    @Test
    @DisplayName("C17 a cut answer is an error to all, is not kept, and its partial usage counts")
    void cutAnswer() throws Exception {
        var provider = new RecordingProvider((_, chunks) -> {
            chunks.text("half an ans");
            throw new ProviderException(ProviderException.Kind.TRUNCATED, "cut off")
                    .withPartialUsage(new Usage(5, 1, 6));
        });
        try (Attachment<ChatResult> asked = engine.start(Questions.of("hi"), provider)) {
            assertThatExceptionOfType(FlightException.class)
                    .isThrownBy(() -> asked.await(ChatEngine.FOREVER))
                    .withMessage("cut off");
            assertThat(ChatEngine.transcript(asked))
                    .contains("half an ans")
                    .contains("event: error")
                    .contains("\"status\":502")
                    .doesNotContain("event: done");
        }

        assertThat(engine.ask(Questions.of("hi"), RecordingProvider.saying("whole"))
                        .stored())
                .isTrue();
        assertThat(rows("messages")).isEqualTo(2);
        assertThat(engine.metrics.report("acme", 10).tokens().total())
                .isEqualTo(6 + RecordingProvider.USAGE.totalTokens());
        engine.atRest();
    }

    @ParameterizedTest
    @ValueSource(strings = {"length", "content_filter"})
    @DisplayName("C10 an answer that is not whole is delivered and stored, and not reused")
    void answerThatIsNotWholeIsNotReused(String finishReason) throws Exception {
        var provider = new RecordingProvider((_, chunks) -> {
            chunks.text("as far as it goes");
            return RecordingProvider.ended(finishReason);
        });

        assertThat(engine.ask(Questions.of("hi"), provider).finishReason()).isEqualTo(finishReason);
        engine.ask(Questions.of("hi"), provider);

        assertThat(provider.asked).hasSize(2);
        assertThat(rows("messages")).isEqualTo(4);
    }

    @Test
    @DisplayName("C10 an empty answer is delivered and not reused")
    void emptyAnswerIsNotReused() throws Exception {
        var provider = RecordingProvider.saying();

        assertThat(engine.ask(Questions.of("hi"), provider)
                        .turn()
                        .assistantMessage()
                        .content())
                .isEmpty();
        engine.ask(Questions.of("hi"), provider);

        assertThat(provider.asked).hasSize(2);
    }

    @Test
    @DisplayName("C8 a whole answer is reused until the thread has a newer turn")
    void wholeAnswerIsReusedWhileNewest() throws Exception {
        var provider = RecordingProvider.saying("answer");
        engine.ask(Questions.of("yes"), provider);
        try (Attachment<ChatResult> reused = engine.start(Questions.of("yes"), provider)) {
            assertThat(reused.role()).isEqualTo(Role.REUSED);
        }
        engine.ask(Questions.of("something else"), provider);

        engine.ask(Questions.of("yes"), provider);

        assertThat(provider.asked).hasSize(3);
    }

    @Test
    void promptIsTheThreadsLastMessagesAndThisOne() throws Exception {
        var provider = RecordingProvider.saying("answer");
        for (String text : List.of("one", "two", "three")) {
            engine.ask(Questions.of(text), provider);
        }
        provider.asked.clear();

        engine.ask(Questions.of("four"), provider);
        engine.ask(Questions.withoutMemory(Questions.of("five")), provider);

        assertThat(provider.asked.remove().messages())
                .containsExactly(
                        new PromptMessage("user", "two"),
                        new PromptMessage("assistant", "answer"),
                        new PromptMessage("user", "three"),
                        new PromptMessage("assistant", "answer"),
                        new PromptMessage("user", "four"));
        assertThat(provider.asked.remove().messages()).containsExactly(new PromptMessage("user", "five"));
    }

    @Test
    @DisplayName("C13 a failure gives the key back: another body may use it")
    void failureReleasesTheClaim() {
        var question = Questions.of("thread-1", "hi", "key-1");
        engine.repository.claim("acme", "thread-1", "key-1", "hash of hi", engine.clock.now());
        var provider = new RecordingProvider((_, _) -> {
            throw new ProviderException(ProviderException.Kind.SERVER, "down");
        });

        assertThatExceptionOfType(FlightException.class).isThrownBy(() -> engine.ask(question, provider));

        assertThat(engine.repository.claim("acme", "thread-1", "key-1", "another body", engine.clock.now()))
                .isInstanceOf(IdempotencyClaim.Fresh.class);
    }

    @Test
    @DisplayName("C6 the last listener cancels: the call is interrupted, its slot is free, no row appears")
    void cancelledByTheLastListener() throws Exception {
        var calling = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        var provider = new RecordingProvider((_, _) -> {
            calling.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException stopped) {
                interrupted.countDown();
                throw stopped;
            }
            return RecordingProvider.ended("stop");
        });
        Attachment<ChatResult> only = engine.start(Questions.of("hi"), provider);
        calling.await();

        only.leave(Leave.CANCELLED);

        interrupted.await();
        engine.atRest();
        assertThat(rows("messages")).isZero();
    }

    @Test
    @DisplayName("C4 X2 a defect inside ends in a typed failure that says nothing of its cause")
    void defectInside() {
        var provider = new RecordingProvider((_, _) -> {
            throw new IllegalStateException("jdbc:secret");
        });

        assertThatExceptionOfType(FlightException.class)
                .isThrownBy(() -> engine.ask(Questions.of("hi"), provider))
                .withMessage("The request failed inside the service.")
                .matches(failure -> !failure.shareable());
        engine.atRest();
    }

    private long rows(String table) {
        return temporary.db().read(sql -> sql.number("SELECT COUNT(*) AS n FROM " + table));
    }

    private static Turn seen(ChatResult result, String requestId, double latencyMs) throws IOException {
        return Json.mapper().readValue(result.seenBy(requestId, latencyMs), Turn.class);
    }
}
