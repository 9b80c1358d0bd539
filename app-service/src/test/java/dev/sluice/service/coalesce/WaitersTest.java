package dev.sluice.service.coalesce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.replay.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class WaitersTest {
    private final Engine engine = new Engine();
    private final Waiters<String> waiters = new Waiters<>();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void theyStandInARowWhoeverLeaves() {
        var random = new Random(1);
        List<Attachment<String>> row = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            if (random.nextInt(3) == 0 && !row.isEmpty()) {
                Attachment<String> gone = row.remove(random.nextInt(row.size()));
                waiters.remove(gone);
                assertThat(gone.before).isNull();
                assertThat(gone.after).isNull();
            } else if (row.size() < 20) {
                row.add(waiter());
                waiters.add(row.getLast());
            }
            assertLinked(row);
        }
    }

    @Test
    @DisplayName("C16 once they were woken nobody holds another, and none is held any more")
    void wokenHoldNobody() {
        List<Attachment<String>> row = List.of(waiter(), waiter(), waiter());
        row.forEach(waiters::add);

        waiters.wakeAll();
        Attachment<String> late = waiter();
        waiters.add(late);
        waiters.remove(late);
        waiters.remove(row.get(1));

        assertThat(row).allSatisfy(one -> assertThat(one.before).isNull());
        assertThat(row).allSatisfy(one -> assertThat(one.after).isNull());
        assertThat(late.before).isNull();
        waiters.wakeAll();
    }

    @Test
    @DisplayName("C7 waits that end by time race the flight's end: nobody is left waiting")
    void deadlinesRaceTheEnd() throws Exception {
        for (int round = 0; round < Engine.rounds(1_000); round++) {
            String key = "k" + round;
            ScriptedWork work = ScriptedWork.gated("answer");
            Attachment<String> leader = engine.join(key, work);
            List<String> got = Together.run(4, number -> {
                if (number == 0) {
                    work.gate.countDown();
                    return leader.await(Engine.FOREVER);
                }
                try (Attachment<String> follower = engine.join(key, work)) {
                    return awaitInPieces(follower);
                }
            });

            assertThat(got).containsOnly("answer").hasSize(4);
        }
    }

    private static String awaitInPieces(Attachment<String> follower) throws Exception {
        long started = System.nanoTime();
        while (true) {
            Engine.inTime(started);
            try {
                return follower.await(
                        Duration.ofNanos(ThreadLocalRandom.current().nextInt(50_000)));
            } catch (DeadlineException tooEarly) {
                // waits again
            }
        }
    }

    private static Attachment<String> waiter() {
        return new Attachment<>(Engine.LINGER);
    }

    private static void assertLinked(List<Attachment<String>> row) {
        for (int i = 0; i < row.size(); i++) {
            assertThat(row.get(i).before).isSameAs(i == 0 ? null : row.get(i - 1));
            assertThat(row.get(i).after).isSameAs(i == row.size() - 1 ? null : row.get(i + 1));
        }
    }
}
