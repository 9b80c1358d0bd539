package dev.sluice.service.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.model.thread.CreateThread;
import dev.sluice.model.thread.Message;
import dev.sluice.model.thread.PatchThread;
import dev.sluice.model.thread.ThreadSummary;
import dev.sluice.service.store.TemporaryDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ThreadRepositoryTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:00:00.123456789Z");

    @RegisterExtension
    final TemporaryDatabase temporary = new TemporaryDatabase();

    private ThreadRepository threads;

    @BeforeEach
    void create() {
        threads = new ThreadRepository(temporary.db());
        threads.create("acme", "t1", new CreateThread("user-1", "Title", "Description"), NOW);
    }

    @Test
    void createdIsFoundAsItWasAnswered() {
        var created = threads.create("acme", "t2", new CreateThread(null, null, null), NOW);

        assertThat(threads.find("acme", "t2")).hasValueSatisfying(found -> {
            assertThat(found.createdAt()).isEqualTo(created.createdAt());
            assertThat(found.title()).isNull();
            assertThat(found.messages()).isEmpty();
        });
        assertThat(threads.newestSequence("t2")).isZero();
    }

    @Test
    void storedTurnIsReadBackWhole() {
        var turn = threads.storeTurn(Turns.of("t1", "f1"));

        var question = turn.userMessage();
        assertThat(question)
                .isEqualTo(new Message(
                        "q-f1",
                        "user",
                        "question of f1",
                        null,
                        null,
                        1,
                        Turns.AT,
                        List.of(),
                        new Message.Meta(0, "request-f1", null, null)));
        assertThat(turn.assistantMessage())
                .isEqualTo(new Message(
                        "a-f1",
                        "assistant",
                        "answer of f1",
                        "mock",
                        "mock-1",
                        2,
                        Turns.AT,
                        List.of("https://example.org/a?b=\"c\""),
                        new Message.Meta(12.5, "request-f1", null, true)));
        assertThat(threads.find("acme", "t1").orElseThrow().messages())
                .containsExactly(question, turn.assistantMessage());
    }

    @Test
    @DisplayName("C23 a turn stored again for its flight is the one stored first")
    void flightStoresOnce() {
        var first = threads.storeTurn(Turns.of("t1", "f1"));
        threads.storeTurn(Turns.of("t1", "f2"));

        var again = threads.storeTurn(Turns.of("t1", "f1", null, Turns.AT.plusSeconds(9)));

        assertThat(again).isEqualTo(first);
        assertThat(threads.newestSequence("t1")).isEqualTo(4);
        assertThat(threads.audit("acme", "t1", 25)).hasSize(2);
    }

    @Test
    void otherOrgsSeeNothingAndChangeNothing() {
        threads.storeTurn(Turns.of("t1", "f1"));

        assertThat(threads.exists("other", "t1")).isFalse();
        assertThat(threads.find("other", "t1")).isEmpty();
        assertThat(threads.list("other", 50)).isEmpty();
        assertThat(threads.audit("other", "t1", 25)).isEmpty();
        assertThat(threads.update("other", "t1", new PatchThread("mine", true), NOW))
                .isFalse();
        assertThat(threads.delete("other", "t1")).isEmpty();
        assertThatExceptionOfType(ThreadGoneException.class)
                .isThrownBy(() -> threads.claim("other", "t1", "k", "h", NOW));
        assertThat(threads.exists("acme", "t1")).isTrue();
    }

    @Test
    void listsPinnedFirstThenNewest() {
        threads.create("acme", "t2", new CreateThread(null, "second", null), NOW.plusSeconds(1));
        threads.create("acme", "t3", new CreateThread(null, "third", null), NOW.plusSeconds(2));
        threads.update("acme", "t2", new PatchThread(null, true), NOW.plusSeconds(1));

        assertThat(threads.list("acme", 50)).extracting(ThreadSummary::id).containsExactly("t2", "t3", "t1");
        assertThat(threads.list("acme", 1)).singleElement().satisfies(pinned -> {
            assertThat(pinned.pinned()).isTrue();
            assertThat(pinned.title()).isEqualTo("second");
            assertThat(pinned.lastMessagePreview()).isNull();
        });
    }

    @Test
    void summaryTellsTheNewestMessageAndItsModel() {
        threads.storeTurn(Turns.of("t1", "f1"));

        assertThat(threads.list("acme", 50)).singleElement().satisfies(summary -> {
            assertThat(summary.lastMessagePreview()).isEqualTo("answer of f1");
            assertThat(summary.lastProvider()).isEqualTo("mock");
            assertThat(summary.lastModel()).isEqualTo("mock-1");
            assertThat(summary.updatedAt()).isEqualTo(Turns.AT);
        });
    }

    @Test
    void previewNeverEndsInHalfACharacter() {
        for (var answer : List.of("x".repeat(119) + "\ud83d\ude00tail", "\ud83d\ude00".repeat(100), "y".repeat(120))) {
            threads.storeTurn(withAnswer("f-" + answer.hashCode(), answer));

            var preview = String.valueOf(threads.list("acme", 1).getFirst().lastMessagePreview());

            assertThat(answer).startsWith(preview);
            assertThat(preview).hasSizeBetween(119, 120);
            assertThat(Character.isHighSurrogate(preview.charAt(preview.length() - 1)))
                    .isFalse();
        }
    }

    @Test
    void lastMessagesAreTheNewestInTheirOrder() {
        for (int i = 1; i <= 4; i++) {
            threads.storeTurn(Turns.of("t1", "f" + i));
        }

        assertThat(threads.lastMessages("t1", 3)).extracting(Message::sequence).containsExactly(6L, 7L, 8L);
        assertThat(threads.lastMessages("t1", 50)).hasSize(8);
    }

    @Test
    void deletedThreadLeavesNoRow() {
        threads.storeTurn(Turns.of("t1", "f1"));
        threads.claim("acme", "t1", "k", "h", NOW);

        assertThat(threads.delete("acme", "t1")).isPresent();

        for (var table : List.of("threads", "messages", "turns", "thread_audit", "idempotency")) {
            assertThat(temporary.db().<Long>read(sql -> sql.number("SELECT COUNT(*) AS n FROM " + table)))
                    .as(table)
                    .isZero();
        }
        assertThat(threads.delete("acme", "t1")).isEmpty();
    }

    @Test
    void turnIsAnsweredAsItIsReadBack() {
        for (var text : List.of("nul \0 within", "half \ud83d of a pair", "\u00e9\ud83d\ude00\u2028", "tail\udc00")) {
            var at = Instant.parse("2026-03-04T05:06:07.123456789Z");
            var flight = "f-" + text.hashCode();

            var turn = threads.storeTurn(with(flight, text, List.of(text), at));

            assertThat(threads.lastMessages("t1", 2)).containsExactly(turn.userMessage(), turn.assistantMessage());
            assertThat(threads.storeTurn(Turns.of("t1", flight))).isEqualTo(turn);
        }
    }

    @Test
    void deletedThreadDoesNotExistForWhoeverAskedMeanwhile() throws InterruptedException {
        for (int i = 0; i < 50; i++) {
            String id = "gone-" + i;
            threads.create("acme", id, new CreateThread(null, null, null), NOW);
            var asking = Thread.ofVirtual().start(() -> {
                while (threads.exists("acme", id)) {
                    Thread.onSpinWait();
                }
            });

            threads.delete("acme", id);

            assertThat(threads.exists("acme", id)).isFalse();
            assertThat(asking.join(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void threadThatIsCreatedExistsForWhoeverAskedBefore() {
        assertThat(threads.exists("acme", "later")).isFalse();

        threads.create("acme", "later", new CreateThread(null, null, null), NOW);

        assertThat(threads.exists("acme", "later")).isTrue();
    }

    @Test
    void auditIsLatestFirst() {
        threads.storeTurn(Turns.of("t1", "f1"));
        threads.storeTurn(Turns.of("t1", "f2", null, Turns.AT.plusSeconds(1)));

        assertThat(threads.audit("acme", "t1", 1)).singleElement().satisfies(row -> {
            assertThat(row.id()).isEqualTo("audit-f2");
            assertThat(row.reason()).isEqualTo("because");
            assertThat(row.packageHash()).isEqualTo("a".repeat(64));
            assertThat(row.totalTokens()).isEqualTo(12);
        });
    }

    private static NewTurn withAnswer(String flight, String answer) {
        return with(flight, answer, List.of(), Turns.AT);
    }

    private static NewTurn with(String flight, String text, List<String> citations, Instant at) {
        var turn = Turns.of("t1", flight);
        return new NewTurn(
                flight,
                "acme",
                "t1",
                null,
                "user",
                text,
                text,
                "mock",
                "m",
                "private",
                citations,
                0,
                "r",
                false,
                null,
                null,
                "p",
                "h",
                0,
                0,
                0,
                turn.userMessageId(),
                turn.assistantMessageId(),
                turn.auditId(),
                at);
    }
}
