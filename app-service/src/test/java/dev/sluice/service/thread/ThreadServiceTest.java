package dev.sluice.service.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.service.coalesce.Attachment;
import dev.sluice.service.coalesce.CoalescerLimits;
import dev.sluice.service.coalesce.FlightException;
import dev.sluice.service.coalesce.Leave;
import dev.sluice.service.coalesce.Role;
import dev.sluice.service.http.ApiException;
import dev.sluice.service.replay.Together;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ThreadServiceTest extends OnBench {
    ThreadServiceTest() {
        super(ONE_SLOT);
    }

    @Test
    @DisplayName("C23 the store fails after the answer: stored=false for all, then stored late; one provider call")
    void storedLate() throws Exception {
        bench.provider.then(chunks -> {
            gate.await();
            temporary.db().close();
            return ScriptedProvider.answer(chunks);
        });
        Attachment<ChatResult> leader = bench.ask("q");
        Attachment<ChatResult> follower = bench.ask("q");
        gate.countDown();

        assertThat(leader.await(ChatBench.FOREVER).stored()).isFalse();
        assertThat(follower.await(ChatBench.FOREVER)).isSameAs(leader.await(ChatBench.FOREVER));
        assertThat(bench.unstored.count()).isOne();
        bench.clock.advance(Duration.ofSeconds(1));
        assertThat(bench.unstored.count()).as("still closed").isOne();
        bench.repository.set(new ThreadRepository(temporary.reopen()));
        bench.clock.advance(Duration.ofSeconds(2));

        assertThat(bench.unstored.count()).isZero();
        assertThat(bench.repository.get().lastMessages(ChatBench.THREAD, 10))
                .extracting(message -> message.content())
                .containsExactly("q", "answer");
        assertThat(rows("turns")).isOne();
        assertThat(bench.provider.calls).hasValue(1);
        assertThat(bench.service.unstored()).isSameAs(bench.unstored);
    }

    @Test
    @DisplayName("C13 C23 the same Idempotency-Key while the turn waits to be stored: the same answer, no second call")
    void keyOfAnUnstoredTurn() throws Exception {
        ChatResult told = bench.answer(ChatBench.question("q", "key"));
        NewTurn waiting = Turns.of(ChatBench.THREAD, "elsewhere", "other", bench.clock.now());
        bench.unstored.add(waiting, told);
        NewTurn otherOrg = Turns.of("t9", "f9", "third", bench.clock.now());
        bench.unstored.add(otherOrg, told);

        Attachment<ChatResult> again = bench.ask(ChatBench.question("q2", "other"));

        assertThat(again.await(ChatBench.FOREVER)).isSameAs(told);
        assertThat(bench.provider.calls).hasValue(1);
        bench.answer(ChatBench.question("q3", "third"));
        assertThat(bench.provider.calls).hasValue(2);
    }

    @Test
    @DisplayName("C24 the thread is deleted in mid-flight: every listener gets 404, no row appears")
    void deletedInMidFlight() {
        bench.provider.thenWait(gate);
        Attachment<ChatResult> leader = bench.ask("q");
        Attachment<ChatResult> follower = bench.ask("q");
        ChatBench.until(() -> bench.provider.calls.get() == 1);

        assertThat(bench.repository.get().delete("acme", ChatBench.THREAD)).isPresent();
        bench.service.deleted(ChatBench.THREAD);
        gate.countDown();

        for (Attachment<ChatResult> each : List.of(leader, follower)) {
            assertThatExceptionOfType(FlightException.class)
                    .isThrownBy(() -> each.await(ChatBench.FOREVER))
                    .satisfies(failure -> assertThat(
                                    ChatErrors.toApi(failure, Duration.ZERO).status())
                            .isEqualTo(404));
        }
        assertThat(rows("messages") + rows("turns") + rows("thread_audit")).isZero();
        assertThat(bench.unstored.count()).isZero();
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> bench.ask("q"))
                .satisfies(gone -> assertThat(gone.status()).isEqualTo(404));
    }

    @Test
    @DisplayName("C24 different messages racing in one thread: pairs adjacent, sequence dense and unique")
    void racingMessages() throws Exception {
        Together.run(50, number -> bench.answer(ChatBench.question("q" + number)));

        var messages = bench.repository.get().lastMessages(ChatBench.THREAD, 1_000);
        assertThat(messages)
                .extracting(message -> message.sequence())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 100).boxed().toList());
        for (int i = 0; i < messages.size(); i += 2) {
            assertThat(messages.get(i).role()).isEqualTo("user");
            assertThat(messages.get(i + 1).role()).isEqualTo("assistant");
        }
    }

    @Test
    @DisplayName("C13 a repeated Idempotency-Key is one turn and one call, also after the database was reopened")
    void keyAcrossARestart() throws Exception {
        ChatResult first = bench.answer(ChatBench.question("q", "key"));
        bench.close();
        try (var restarted = new ChatBench(temporary.reopen(), ONE_SLOT)) {
            Asked again = restarted.service.ask(ChatBench.question("q", "key"));

            assertThat(again)
                    .isInstanceOfSatisfying(
                            Asked.Answered.class,
                            answered -> assertThat(answered.result()
                                            .turn()
                                            .assistantMessage()
                                            .id())
                                    .isEqualTo(first.turn().assistantMessage().id()));
            assertThatExceptionOfType(ApiException.class)
                    .isThrownBy(() -> restarted.ask(ChatBench.question("other body", "key")))
                    .satisfies(conflict -> assertThat(conflict.status()).isEqualTo(422));
            assertThat(restarted.provider.calls).hasValue(0);
            assertThat(rows("turns")).isOne();
        }
    }

    @Test
    @DisplayName("C13 a claim left behind by a service that died is asked anew, once, after the restart")
    void claimLeftBehind() throws Exception {
        bench.repository.get().claim("acme", ChatBench.THREAD, "key", "hash of q", bench.clock.now());
        bench.close();
        try (var restarted = new ChatBench(temporary.reopen(), ONE_SLOT)) {
            restarted.answer(ChatBench.question("q", "key"));

            assertThat(restarted.service.ask(ChatBench.question("q", "key"))).isInstanceOf(Asked.Answered.class);
            assertThat(restarted.provider.calls).hasValue(1);
        }
    }

    @Test
    @DisplayName("C18 a budget is debited per flight: followers and reused answers cost nothing")
    void budgetPerFlight() throws Exception {
        bench.policy.requestsPerMinute = 1;
        bench.provider.thenWait(gate);
        Attachment<ChatResult> leader = bench.ask("q");
        assertThat(bench.ask("q").role()).isEqualTo(Role.FOLLOWER);
        gate.countDown();
        leader.await(ChatBench.FOREVER);
        assertThat(bench.ask("q").role()).isEqualTo(Role.REUSED);

        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> bench.ask("new"))
                .satisfies(refused -> {
                    assertThat(refused.status()).isEqualTo(429);
                    assertThat(refused.headers()).containsEntry("Retry-After", "60");
                });
        assertThat(bench.service.inAir()).isEmpty();
    }

    @Test
    @DisplayName("C18 a flight that never called costs nothing: its debit is refunded")
    void refundedIfItNeverCalled() {
        bench.provider.thenWait(gate);
        bench.ask("holds the slot");
        ChatBench.until(() -> bench.provider.calls.get() == 1);
        bench.policy.requestsPerMinute = 1;

        for (int i = 0; i < 3; i++) {
            Attachment<ChatResult> waiting = askOnceRefunded();
            ChatBench.until(() -> bench.lane.pacer().stats().queued() == 1);
            waiting.leave(Leave.CANCELLED);
            ChatBench.until(() -> bench.service.inAir().size() == 1);
        }

        assertThat(bench.provider.calls).hasValue(1);
    }

    /// The refund comes a moment after the flight has left the air.
    private Attachment<ChatResult> askOnceRefunded() {
        var asked = new AtomicReference<@Nullable Attachment<ChatResult>>();
        ChatBench.until(() -> {
            try {
                asked.set(bench.ask("waits"));
                return true;
            } catch (ApiException spent) {
                assertThat(spent.status()).isEqualTo(429);
                return false;
            }
        });
        return Objects.requireNonNull(asked.get());
    }

    @Test
    @DisplayName("C19 the leader's wait for a slot is over: a follower with time left starts one more, all others join")
    void followersElectAfterAQueueTimeout() throws Exception {
        bench.provider.thenWait(gate);
        bench.ask("holds the slot");
        ChatBench.until(() -> bench.provider.calls.get() == 1);
        Attachment<ChatResult> leader = bench.ask("q");
        Attachment<ChatResult> one = bench.ask("q");
        Attachment<ChatResult> two = bench.ask("q");
        ChatBench.until(() -> bench.lane.pacer().stats().queued() == 1);
        bench.slots.advance(ONE_SLOT.queueTimeout());
        assertThatExceptionOfType(FlightException.class).isThrownBy(() -> two.await(ChatBench.FOREVER));

        var next = bench.service.askAgain(ChatBench.question("q"), one).orElseThrow();
        var same = bench.service.askAgain(ChatBench.question("q"), two).orElseThrow();
        gate.countDown();

        assertThat(bench.service.askAgain(ChatBench.question("q"), leader)).isEmpty();
        assertThat(same.attachment().flight()).isSameAs(next.attachment().flight());
        assertThat(same.attachment().await(ChatBench.FOREVER).stored()).isTrue();
        assertThat(bench.provider.calls).hasValue(2);
    }

    @Test
    @DisplayName("C22 over a cap the newcomer gets a clear 503 with Retry-After: flights, listeners, resumed or not")
    void overACap() throws Exception {
        var caps = new CoalescerLimits(1, 2, 1 << 20, 1 << 20, 1 << 20, Duration.ofMinutes(5));
        try (var small = new ChatBench(temporary.db(), ONE_SLOT, caps)) {
            small.provider.thenWait(gate);
            Attachment<ChatResult> leader = small.ask("q");
            small.ask("q");
            String flight = leader.flight().id();

            assertUnavailable(() -> small.ask("q"));
            assertUnavailable(() -> small.ask("another flight"));
            assertUnavailable(() -> small.service.resume(ChatBench.question("q"), flight));
            gate.countDown();

            assertThat(leader.await(ChatBench.FOREVER).stored()).isTrue();
            assertThat(small.ask("q").role()).isEqualTo(Role.REUSED);
        }
    }

    private static void assertUnavailable(ThrowingCallable request) {
        assertThatExceptionOfType(ApiException.class).isThrownBy(request).satisfies(refused -> {
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.headers()).containsEntry("Retry-After", "1");
        });
    }

    private long rows(String table) {
        return temporary.db().read(sql -> sql.number("SELECT COUNT(*) AS n FROM " + table));
    }
}
