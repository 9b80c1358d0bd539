package dev.sluice.service.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.service.replay.ScriptedLogStore.Commit;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How much goes into a commit, when one is made, and what becomes of what is not taken.
@Timeout(180)
final class JournalTest {
    private static final int MIB = 1 << 20;
    private static final Retention ALL = Retention.whole(64L << 20);

    private final Wakeups wakeups = Wakeups.start();
    private final ScriptedLogStore store = new ScriptedLogStore();
    private Journal journal = Journal.start(store, Duration.ZERO);

    @AfterEach
    void stop() {
        journal.close();
        wakeups.close();
    }

    @Test
    void countsWhatItDid() throws InterruptedException {
        EventLog log = log("a", Refusal.GO_ON);
        log.append("delta", data(1));
        Commit first = store.next();
        until(() -> log.storedUpTo() == 1);
        assertThat(first.chunks().getFirst().ends()).isFalse();
        assertThat(journal.commits()).isEqualTo(1);
        assertThat(journal.events()).isEqualTo(1);
        assertThat(journal.refusing()).isFalse();

        store.sick(true);
        log.end("done", data(2));
        until(() -> journal.refusals() == 1);
        until(journal::refusing);
        assertThat(journal.commits()).isEqualTo(1);
        assertThat(journal.abandoned()).isZero();

        store.sick(false);
        until(() -> log.storedUpTo() == 2);
        until(() -> !journal.refusing());
        assertThat(journal.commits()).isEqualTo(2);
        assertThat(journal.events()).isEqualTo(2);
        store.next();
        assertThat(store.next().chunks().getFirst().ends()).isTrue();
    }

    @Test
    void backlogIsWhatWaitsForTheNextCommit() throws InterruptedException {
        store.hold();
        log("a", Refusal.END).append("delta", data(1));
        Commit running = store.next();
        for (int i = 0; i < 3; i++) {
            log("b" + i, Refusal.END).append("delta", data(1));
        }

        assertThat(journal.backlog()).isEqualTo(3);

        running.land();
        store.next().land();
        until(() -> journal.backlog() == 0);
    }

    @Test
    @DisplayName("R7 a chunk and a commit are bounded in bytes, to the byte")
    void commitsAreBounded() throws InterruptedException {
        store.hold();
        EventLog first = log("a", Refusal.END);
        first.append("delta", data(1));
        Commit running = store.next();
        List<EventLog> logs = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            EventLog log = log("b" + i, Refusal.END);
            appendFrames(log, 5, MIB / 16); // four of them fill a chunk
            logs.add(log);
        }
        running.land();

        List<Integer> chunks = new ArrayList<>();
        List<Integer> commits = new ArrayList<>();
        while (logs.stream().anyMatch(log -> log.storedUpTo() < 5)) {
            Commit commit = store.next();
            commit.chunks().forEach(chunk -> chunks.add(chunk.entries().size()));
            commits.add(commit.chunks().size());
            commit.land();
            Chunk last = commit.chunks().getLast();
            until(() -> logs.get(last.log().charAt(1) - '0').storedUpTo() == last.last());
        }

        assertThat(chunks).containsOnly(4, 1).filteredOn(size -> size == 4).hasSize(6);
        assertThat(commits.getFirst()).as("four full chunks make a commit").isEqualTo(4);
    }

    @Test
    void eventLargerThanAChunkIsAChunk() throws InterruptedException {
        store.hold();
        EventLog log = log("a", Refusal.END);
        log.append("delta", data(1));
        Commit running = store.next();
        appendFrames(log, 2, MIB / 2);
        log.end("done", data(4));
        running.land();

        for (long seq = 2; seq <= 4; seq++) {
            Commit next = store.next();
            assertThat(next.chunks().getFirst().entries())
                    .extracting(LogEntry::seq)
                    .containsExactly(seq);
            next.land();
        }
    }

    @Test
    @DisplayName("R14 the end goes with what was before it, if both fit")
    void endSharesAChunk() throws InterruptedException {
        store.hold();
        EventLog fits = log("fits", Refusal.END);
        EventLog spills = log("spills", Refusal.END);
        fits.append("delta", data(1));
        Commit running = store.next();
        appendFrames(fits, 3, MIB / 16);
        fits.end("done", payload("fits", 5, "done", MIB / 16));
        appendFrames(spills, 3, MIB / 16);
        spills.end("done", payload("spills", 4, "done", MIB / 16 + 1));
        running.land();

        Commit next = store.next();

        assertThat(next.chunks()).extracting(chunk -> chunk.entries().size()).containsExactlyInAnyOrder(4, 3);
        assertThat(next.chunks()).filteredOn(Chunk::ends).extracting(Chunk::log).containsExactly("fits");
        next.land();
        store.next().land();
        until(() -> fits.ended() && spills.ended());
    }

    @Test
    void commitsAreSpaced() throws InterruptedException {
        Duration spacing = Duration.ofMillis(50);
        journal.close();
        journal = Journal.start(store, spacing);
        EventLog log = log("a", Refusal.END);
        long began = 0;
        for (int i = 1; i <= 11; i++) {
            log.append("delta", data(i));
            store.next();
            began = i == 1 ? System.nanoTime() : began;
        }

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(spacing.multipliedBy(6));
    }

    @Test
    @DisplayName("R6 what waits for the next commit is stored by closing, which waits for no spacing")
    void closeWaitsForNoSpacing() throws InterruptedException {
        journal.close();
        journal = Journal.start(store, Duration.ofHours(1));
        EventLog log = log("a", Refusal.END);
        log.append("delta", data(1));
        store.next();
        until(() -> log.storedUpTo() == 1);
        log.append("delta", data(2));
        log("b", Refusal.END).append("delta", data(1));

        journal.close();

        assertThat(log.storedUpTo()).isEqualTo(2);
        assertThat(store.read("b", "b", 0, MIB)).hasSize(1);
    }

    @Test
    @DisplayName("R6 a store that takes nothing is asked again at its ease, not in a loop")
    void sickStoreIsNotHammered() {
        store.sick(true);
        long began = System.nanoTime();
        log("a", Refusal.GO_ON).append("delta", data(1));

        until(() -> journal.refusals() == 3);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(800));
    }

    @Test
    @DisplayName("R6 closed while the store takes nothing: nobody is left waiting for an end")
    void closeOverASickStore() throws InterruptedException {
        store.sick(true);
        EventLog first = log("a", Refusal.GO_ON);
        first.append("delta", data(1));
        until(() -> journal.refusals() == 1);
        EventLog ending = log("b", Refusal.GO_ON);
        ending.append("delta", data(1));
        ending.end("done", data(2));

        journal.close();

        assertThat(ending.ended()).isTrue();
        assertThat(ending.storedUpTo()).isZero();
    }

    @Test
    @DisplayName("R6 X4 closed while a commit is on its way that the store then refuses: it ends all the same")
    void closeDuringACommitThatFails() throws InterruptedException {
        store.hold();
        EventLog log = log("a", Refusal.GO_ON);
        log.append("delta", data(1));
        Commit running = store.next();
        Thread closing = Thread.ofPlatform().start(journal::close);
        while (closing.getState() != Thread.State.WAITING) {
            LockSupport.parkNanos(100_000);
        }

        store.sick(true);
        running.done().completeExceptionally(new IllegalStateException("the disk is full"));

        assertThat(closing.join(Patience.FOREVER)).isTrue();
        assertThat(journal.refusals()).as("it is asked once more").isEqualTo(2);
    }

    @Test
    @DisplayName("R6 what is appended after the journal was closed is refused: the session ends in an error")
    void appendAfterClose() {
        EventLog ends = log("a", Refusal.END);
        EventLog goesOn = log("b", Refusal.GO_ON);
        journal.close();

        ends.append("progress", data(1));
        goesOn.end("done", data(1));

        assertThat(ends.ended()).isTrue();
        assertThat(ends.last()).isEqualTo(2);
        assertThat(goesOn.ended()).isTrue();
        assertThatThrownBy(() -> ends.append("progress", data(2))).isInstanceOf(LogClosedException.class);
    }

    @Test
    @DisplayName("R6 a store that breaks instead of refusing is a store that refuses")
    void brokenStore() {
        store.broken(true);
        EventLog log = log("a", Refusal.END);

        log.append("progress", data(1));

        until(log::ended);
        assertThat(log.last()).isEqualTo(2);
        assertThat(journal.refusals()).isPositive();
        store.broken(false);
        until(() -> log.storedUpTo() == 2);
    }

    @Test
    @DisplayName("R7 what ended logs hold is counted once each, to the byte, and freed when it is stored")
    void heldBytesAreExact() {
        store.sick(true);
        for (int round = 0; round < 2; round++) {
            List<EventLog> logs = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                EventLog log = log("big" + round + "x" + i, Refusal.GO_ON);
                log.end("done", payload(log.id(), 1, "done", 4 * MIB));
                logs.add(log);
            }
            assertThat(logs.stream().mapToLong(EventLog::keptBytes).sum()).isLessThanOrEqualTo(Journal.MAX_HELD_BYTES);
            long refusals = journal.refusals();
            until(() -> logs.stream().allMatch(EventLog::ended) && journal.refusals() >= refusals + 2);
            assertThat(journal.abandoned()).as("just what may be held").isEqualTo(round);

            EventLog more = log("more" + round, Refusal.GO_ON);
            more.end("done", data(1));
            int expected = round + 1;
            until(() -> journal.abandoned() == expected);
            store.sick(false);
            until(() -> logs.stream().allMatch(log -> log.storedUpTo() == 1));
            store.sick(true);
        }
        assertThat(store.abandoned).containsExactly("more0", "more1");
        store.sick(false);
    }

    private EventLog log(String id, Refusal refusal) {
        return EventLog.stored(id, id, ALL, wakeups, InstantSource.system(), journal, refusal);
    }

    /// Appends events whose frames have just that many bytes.
    private static void appendFrames(EventLog log, int count, int bytes) {
        for (int i = 0; i < count; i++) {
            log.append("delta", payload(log.id(), log.last() + 1, "delta", bytes));
        }
    }

    /// Returns a payload whose frame has just that many bytes.
    private static byte[] payload(String epoch, long seq, String type, int frameBytes) {
        int frame = ("id: " + epoch + ":" + seq + "\nevent: " + type + "\ndata: \n\n").length();
        return "x".repeat(frameBytes - frame).getBytes(UTF_8);
    }

    /// Some of these tests move a hundred megabytes.
    private static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 3 * Patience.FOREVER.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(100_000);
        }
    }

    private static byte[] data(int n) {
        return Integer.toString(n).getBytes(UTF_8);
    }
}
