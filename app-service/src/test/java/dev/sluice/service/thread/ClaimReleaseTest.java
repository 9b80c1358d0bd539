package dev.sluice.service.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.service.coalesce.Attachment;
import dev.sluice.service.coalesce.CoalescerLimits;
import dev.sluice.service.coalesce.FlightException;
import dev.sluice.service.coalesce.Role;
import dev.sluice.service.http.ApiException;
import dev.sluice.service.provider.PacerLimits;
import dev.sluice.service.provider.ProviderException.Kind;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a request leaves of its claim to an Idempotency-Key when nothing came of it.
@Timeout(60)
final class ClaimReleaseTest extends OnBench {
    /// One flight of two listeners at most.
    private static final CoalescerLimits ONE_FLIGHT =
            new CoalescerLimits(1, 2, 1 << 20, 1 << 20, 1 << 20, Duration.ofMinutes(5));

    private static final Question FIRST = ChatBench.question("q", "key");
    private static final Question OTHER_BODY = ChatBench.question("other body", "key");

    ClaimReleaseTest() {
        super(PacerLimits.DEFAULT, ONE_FLIGHT);
    }

    @Test
    @DisplayName("C13 refused by an operator's stop: the key is free for another body, also after a restart")
    void stopped() throws Exception {
        bench.policy.callsAllowed = false;
        assertRefused(503, FIRST);
        bench.close();

        try (var restarted = new ChatBench(temporary.reopen())) {
            assertThat(restarted.answer(OTHER_BODY).stored()).isTrue();
        }
    }

    @Test
    @DisplayName("C13 refused by a budget: the key is free for another body")
    void overBudget() throws Exception {
        bench.policy.requestsPerMinute = 1;
        bench.answer(ChatBench.question("spends it"));
        assertRefused(429, FIRST);

        bench.policy.requestsPerMinute = 0;

        assertThat(bench.answer(OTHER_BODY).stored()).isTrue();
    }

    @Test
    @DisplayName("C13 refused because too many calls are in the air: the key is free for another body")
    void tooManyFlights() throws Exception {
        bench.provider.thenWait(gate);
        Attachment<ChatResult> occupying = bench.ask("occupies the air");
        assertRefused(503, FIRST);

        gate.countDown();
        occupying.await(ChatBench.FOREVER);
        ChatBench.until(() -> bench.service.inAir().isEmpty());

        assertThat(bench.answer(OTHER_BODY).stored()).isTrue();
    }

    @Test
    @DisplayName("C13 refused because too many wait for the same answer: the key stays theirs")
    void tooManyListeners() throws Exception {
        bench.provider.thenWait(gate);
        Attachment<ChatResult> leader = bench.ask(FIRST);
        bench.ask(FIRST);
        assertRefused(503, FIRST);

        assertRefused(422, OTHER_BODY);
        gate.countDown();

        assertThat(leader.await(ChatBench.FOREVER).stored()).isTrue();
        assertThat(bench.service.ask(FIRST)).isInstanceOf(Asked.Answered.class);
    }

    @Test
    @DisplayName("C13 answered by a kept failure: the key is free for another body")
    void keptFailure() throws Exception {
        for (int i = 0; i < 3; i++) {
            bench.provider.thenFail(ScriptedProvider.failure(Kind.SERVER, 503).withRetryAfter(Duration.ofMinutes(1)));
        }
        assertFails(bench.ask(FIRST));
        Attachment<ChatResult> again = bench.ask(FIRST);
        assertThat(again.role()).isEqualTo(Role.REUSED);

        assertThat(bench.provider.calls).hasValue(1);
        assertThat(rows()).isZero();
    }

    @Test
    @DisplayName("C13 aborted before it began: the key is free for another body")
    void neverBegan() {
        var work = new ChatWork(FIRST, bench.lane, "model-1", bench.tools);
        work.admit();
        bench.repository.get().claim("acme", ChatBench.THREAD, "key", "hash of q", bench.clock.now());

        work.ended();

        assertThat(rows()).isZero();
    }

    private void assertRefused(int status, Question question) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> bench.ask(question))
                .satisfies(refused -> assertThat(refused.status()).isEqualTo(status));
    }

    private static void assertFails(Attachment<ChatResult> attachment) {
        assertThatExceptionOfType(FlightException.class).isThrownBy(() -> attachment.await(ChatBench.FOREVER));
    }

    private long rows() {
        return temporary.db().read(sql -> sql.number("SELECT COUNT(*) AS n FROM idempotency"));
    }
}
