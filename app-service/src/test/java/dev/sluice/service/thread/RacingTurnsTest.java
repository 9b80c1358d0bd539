package dev.sluice.service.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.model.thread.CreateThread;
import dev.sluice.model.thread.Turn;
import dev.sluice.service.store.TemporaryDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(30)
class RacingTurnsTest {
    @RegisterExtension
    final TemporaryDatabase temporary = new TemporaryDatabase();

    private ThreadRepository threads;

    @BeforeEach
    void create() {
        threads = new ThreadRepository(temporary.db());
        threads.create("acme", "t1", new CreateThread(null, null, null), Turns.AT);
    }

    @Test
    @DisplayName("C24 turns racing in one thread: pairs stay adjacent, the sequence is dense and unique")
    void pairsStayAdjacent() throws Exception {
        for (var turn : storeAtOnce(100, "f")) {
            assertThat(turn.get().userMessage().sequence() % 2).isOne();
        }

        var messages = threads.find("acme", "t1").orElseThrow().messages();
        assertThat(messages)
                .extracting(message -> message.sequence())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 200).mapToObj(Long::valueOf).toList());
        for (int i = 0; i < messages.size(); i += 2) {
            assertThat(messages.get(i + 1).content())
                    .isEqualTo(messages.get(i).content().replace("question", "answer"));
        }
    }

    @Test
    @DisplayName("C24 a thread deleted in mid-flight: no row appears")
    void deletedInMidFlight() throws Exception {
        var turns = storeAtOnce(50, "f");
        assertThat(threads.delete("acme", "t1")).isPresent();

        for (var turn : turns) {
            try {
                turn.get();
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(ThreadGoneException.class);
            }
        }
        assertThatExceptionOfType(ThreadGoneException.class)
                .isThrownBy(() -> threads.storeTurn(Turns.of("t1", "late")));
        assertThat(rows("messages") + rows("turns") + rows("thread_audit")).isZero();
    }

    @Test
    @DisplayName("C23 one flight stored by many at once is stored once")
    void oneFlightStoredByMany() throws Exception {
        var turns = new ArrayList<Future<Turn>>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                turns.add(callers.submit(() -> threads.storeTurn(Turns.of("t1", "same"))));
            }
        }

        for (var turn : turns) {
            assertThat(turn.get()).isEqualTo(turns.getFirst().get());
        }
        assertThat(rows("messages")).isEqualTo(2);
    }

    private List<Future<Turn>> storeAtOnce(int flights, String prefix) throws InterruptedException {
        var turns = new ArrayList<Future<Turn>>();
        var start = new CountDownLatch(1);
        var callers = Executors.newVirtualThreadPerTaskExecutor();
        for (int i = 0; i < flights; i++) {
            var flight = prefix + i;
            turns.add(callers.submit(() -> {
                start.await();
                return threads.storeTurn(Turns.of("t1", flight));
            }));
        }
        callers.shutdown();
        start.countDown();
        return turns;
    }

    private long rows(String table) {
        return temporary.db().read(sql -> sql.number("SELECT COUNT(*) AS n FROM " + table));
    }
}
