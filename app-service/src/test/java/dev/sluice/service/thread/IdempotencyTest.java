package dev.sluice.service.thread;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.thread.CreateThread;
import dev.sluice.service.store.TemporaryDatabase;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class IdempotencyTest {
    private static final Instant NOW = Turns.AT;

    @RegisterExtension
    final TemporaryDatabase temporary = new TemporaryDatabase();

    private ThreadRepository threads;

    @BeforeEach
    void create() {
        threads = new ThreadRepository(temporary.db());
        threads.create("acme", "t1", new CreateThread(null, null, null), NOW);
        threads.create("acme", "t2", new CreateThread(null, null, null), NOW);
    }

    @Test
    @DisplayName("C13 the same key is one turn, also after a restart")
    void sameKeyIsOneTurnAlsoAfterARestart() {
        assertThat(claim("k", "body", NOW)).isInstanceOf(IdempotencyClaim.Fresh.class);
        assertThat(claim("k", "body", NOW)).isInstanceOf(IdempotencyClaim.Fresh.class);
        var turn = threads.storeTurn(Turns.of("t1", "f1", "k", NOW));

        assertThat(claim("k", "body", NOW)).isEqualTo(new IdempotencyClaim.Answered(turn));
        threads = new ThreadRepository(temporary.reopen());
        assertThat(claim("k", "body", NOW)).isEqualTo(new IdempotencyClaim.Answered(turn));
    }

    @Test
    @DisplayName("C13 the same key with another body is a conflict, pending or answered")
    void sameKeyOtherBodyIsAConflict() {
        claim("k", "body", NOW);
        assertThat(claim("k", "other", NOW)).isInstanceOf(IdempotencyClaim.Conflict.class);

        threads.storeTurn(Turns.of("t1", "f1", "k", NOW));
        assertThat(claim("k", "other", NOW)).isInstanceOf(IdempotencyClaim.Conflict.class);
    }

    @Test
    @DisplayName("C13 different keys and different threads never share")
    void differentKeysAndThreadsNeverShare() {
        claim("k", "body", NOW);
        threads.storeTurn(Turns.of("t1", "f1", "k", NOW));

        assertThat(claim("k2", "body", NOW)).isInstanceOf(IdempotencyClaim.Fresh.class);
        assertThat(threads.claim("acme", "t2", "k", "other", NOW)).isInstanceOf(IdempotencyClaim.Fresh.class);
    }

    @Test
    void keyIsKept24HoursAndThenAsIfItNeverWas() {
        claim("k", "body", NOW);
        threads.storeTurn(Turns.of("t1", "f1", "k", NOW));
        var day = Duration.ofHours(24);

        assertThat(claim("k", "body", NOW.plus(day).minusMillis(1))).isInstanceOf(IdempotencyClaim.Answered.class);
        assertThat(claim("k", "other", NOW.plus(day))).isInstanceOf(IdempotencyClaim.Fresh.class);
        assertThat(claim("k", "body", NOW.plus(day))).isInstanceOf(IdempotencyClaim.Conflict.class);
    }

    @Test
    void releaseGivesBackAPendingClaimOnly() {
        claim("k", "body", NOW);
        threads.releaseClaim("acme", "t1", "k", "other");
        assertThat(claim("k", "other", NOW)).isInstanceOf(IdempotencyClaim.Conflict.class);
        threads.releaseClaim("acme", "t1", "k", "body");
        assertThat(claim("k", "other", NOW)).isInstanceOf(IdempotencyClaim.Fresh.class);

        threads.storeTurn(Turns.of("t1", "f1", "k", "other", NOW));
        threads.releaseClaim("acme", "t1", "k", "other");
        assertThat(claim("k", "other", NOW)).isInstanceOf(IdempotencyClaim.Answered.class);
    }

    @Test
    @DisplayName("C13 a turn completes its claim also if another request of the same body released it meanwhile")
    void releasedClaimIsCompletedAllTheSame() {
        claim("k", "body", NOW);
        threads.releaseClaim("acme", "t1", "k", "body");

        var turn = threads.storeTurn(Turns.of("t1", "f1", "k", NOW));

        assertThat(claim("k", "body", NOW)).isEqualTo(new IdempotencyClaim.Answered(turn));
    }

    @Test
    @DisplayName("C13 a turn never answers another body's claim")
    void anotherBodysClaimIsNotCompleted() {
        claim("k", "other", NOW);

        threads.storeTurn(Turns.of("t1", "f1", "k", "body", NOW));

        assertThat(claim("k", "other", NOW)).isInstanceOf(IdempotencyClaim.Fresh.class);
        assertThat(claim("k", "body", NOW)).isInstanceOf(IdempotencyClaim.Conflict.class);
    }

    @Test
    @DisplayName("D3 old keys go in small steps")
    void oldKeysGoInSmallSteps() {
        for (int i = 0; i < 5; i++) {
            claim("k" + i, "body", NOW.plusSeconds(i));
        }

        assertThat(threads.purgeIdempotency(NOW.plusSeconds(3), 2)).isEqualTo(2);
        assertThat(threads.purgeIdempotency(NOW.plusSeconds(3), 2)).isEqualTo(1);
        assertThat(threads.purgeIdempotency(NOW.plusSeconds(3), 2)).isZero();
        assertThat(claim("k3", "other", NOW)).isInstanceOf(IdempotencyClaim.Conflict.class);
    }

    private IdempotencyClaim claim(String key, String bodyHash, Instant at) {
        return threads.claim("acme", "t1", key, bodyHash, at);
    }
}
