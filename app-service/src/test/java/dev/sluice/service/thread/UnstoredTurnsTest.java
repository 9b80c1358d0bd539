package dev.sluice.service.thread;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.thread.Message;
import dev.sluice.model.thread.Turn;
import dev.sluice.service.coalesce.VirtualClock;
import dev.sluice.service.provider.Usage;
import dev.sluice.service.store.StoreUnavailableException;
import dev.sluice.service.store.StoreUnavailableException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class UnstoredTurnsTest {
    private static final Duration MS = Duration.ofMillis(1);
    private static final UnstoredTurns.Limits LIMITS =
            new UnstoredTurns.Limits(3, 20_000, Duration.ofSeconds(1), Duration.ofSeconds(4));

    private final VirtualClock clock = new VirtualClock();
    private final List<String> tried = new ArrayList<>();
    private final Map<String, RuntimeException> refusals = new ConcurrentHashMap<>();
    private boolean down = true;
    private final UnstoredTurns turns = new UnstoredTurns(this::store, clock, Runnable::run, LIMITS);

    @Test
    @DisplayName("C23 a turn is tried again after 1, 2, 4, 4 s, until it is stored; then there is nothing left to do")
    void triedUntilStored() {
        add("f1");
        for (int seconds : new int[] {1, 2, 4, 4}) {
            int before = tried.size();
            clock.advance(Duration.ofSeconds(seconds).minus(MS));
            assertThat(tried).hasSize(before);
            clock.advance(MS);
            assertThat(tried).hasSize(before + 1);
        }
        assertThat(turns.count()).isOne();

        down = false;
        clock.advance(Duration.ofSeconds(4));

        assertThat(turns.count()).isZero();
        assertThat(turns.oldest()).isEmpty();
        assertThat(turns.lost()).isZero();
        assertThat(clock.pending()).isZero();
    }

    @Test
    @DisplayName("C23 how many wait and since when is visible; they are stored in order, one store's trouble is all's")
    void visibleAndInOrder() {
        var since = clock.now();
        add("f1");
        clock.advance(Duration.ofMillis(500));
        add("f2");
        assertThat(turns.count()).isEqualTo(2);
        assertThat(turns.oldest()).contains(since);

        clock.advance(Duration.ofMillis(500));
        assertThat(tried).containsExactly("f1");
        down = false;
        clock.advance(Duration.ofSeconds(2));

        assertThat(tried).containsExactly("f1", "f1", "f2");
        assertThat(clock.pending()).isZero();
    }

    @Test
    @DisplayName("C23 after a success the next trouble starts with the short pause again")
    void backoffStartsAnew() {
        add("f1");
        clock.advance(Duration.ofSeconds(3));
        down = false;
        clock.advance(Duration.ofSeconds(4));
        down = true;
        tried.clear();

        add("f2");
        clock.advance(Duration.ofSeconds(1));

        assertThat(tried).containsExactly("f2");
    }

    @Test
    @DisplayName("C23 bounded in number and bytes: what has no room is counted as lost")
    void bounded() {
        add("f1");
        turns.add(turn("large", "x".repeat(10_000)), told(turn("large", "")));
        assertThat(turns.lost()).isOne();
        add("f2");
        add("f3");
        add("f4");

        assertThat(turns.count()).isEqualTo(3);
        assertThat(turns.lost()).isEqualTo(2);
    }

    @Test
    @DisplayName("C22 what was stored or dropped gives its bytes back")
    void bytesComeBack() {
        for (int i = 0; i < 20; i++) {
            turns.add(turn("f" + i, "x".repeat(3_000)), told(turn("f" + i, "")));
            if (i % 2 == 0) {
                turns.deleted("t1");
            } else {
                down = false;
                turns.attempt();
            }
        }

        assertThat(turns.lost()).isZero();
        assertThat(turns.count()).isZero();
    }

    @Test
    @DisplayName("C23 C24 the thread was deleted in between: dropped, not lost, and the others go on")
    void deletedThread() {
        add("f1");
        add("f2");
        refusals.put("f1", new ThreadGoneException("t1"));
        down = false;

        clock.advance(Duration.ofSeconds(1));

        assertThat(tried).containsExactly("f1", "f2");
        assertThat(turns.count()).isZero();
        assertThat(turns.lost()).isZero();
    }

    @Test
    @DisplayName("C23 a turn the store refuses for good is given up and does not hold up the others")
    void poisonedTurn() {
        add("f1");
        add("f2");
        refusals.put("f1", new IllegalArgumentException("never"));
        down = false;

        clock.advance(Duration.ofSeconds(1));

        assertThat(tried).containsExactly("f1", "f2");
        assertThat(turns.count()).isZero();
        assertThat(turns.lost()).isOne();
    }

    @Test
    @DisplayName("C13 C23 the waiting answer is found by its idempotency key, in its org and thread only")
    void foundByKey() {
        NewTurn turn = Turns.of("t1", "f1", "key", clock.now());
        ChatResult told = told(turn);
        turns.add(turn, told);

        assertThat(turns.find("acme", "t1", "key")).containsSame(told);
        assertThat(turns.find("acme", "t1", "other")).isEmpty();
        assertThat(turns.find("acme", "t2", "key")).isEmpty();
        assertThat(turns.find("other", "t1", "key")).isEmpty();
    }

    private void add(String flight) {
        NewTurn turn = turn(flight, "");
        turns.add(turn, told(turn));
    }

    private NewTurn turn(String flight, String padding) {
        return Turns.of("t1", flight + padding, null, clock.now());
    }

    private void store(NewTurn turn) {
        tried.add(turn.flightId());
        if (down) {
            throw new StoreUnavailableException(Reason.DISK_FULL, "full", null);
        }
        RuntimeException refusal = refusals.get(turn.flightId());
        if (refusal != null) {
            throw refusal;
        }
    }

    private static ChatResult told(NewTurn turn) {
        var message = new Message(
                turn.userMessageId(),
                "user",
                turn.content(),
                null,
                null,
                0,
                turn.createdAt(),
                List.of(),
                new Message.Meta(0, turn.requestId(), false, null));
        return new ChatResult(new Turn(message, message), "stop", Usage.NONE, false, false);
    }
}
