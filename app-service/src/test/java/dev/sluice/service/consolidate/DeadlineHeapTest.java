package dev.sluice.service.consolidate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeadlineHeapTest {
    private final DeadlineHeap heap = new DeadlineHeap();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 64, 65, 10_000})
    void givesTheEarliestFirstHoweverManyThereAre(int count) {
        var random = new Random(count);
        var lines = new ArrayList<Line>();
        for (int i = 0; i < count; i++) {
            lines.add(line(i, random.nextInt(count)));
            heap.put(lines.getLast());
        }
        assertThat(heap.size()).isEqualTo(count);
        assertThat(drained())
                .isSortedAccordingTo(Comparator.comparingLong(line -> line.deadlineMillis))
                .hasSize(count);
        assertThat(heap.first()).isNull();
        lines.forEach(heap::put); // its array has shrunk meanwhile
        assertThat(drained())
                .isSortedAccordingTo(Comparator.comparingLong(line -> line.deadlineMillis))
                .hasSize(count);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void isRightAfterAnyMovesAndRemovals(long seed) {
        var random = new Random(seed);
        var lines = new ArrayList<Line>();
        var inside = new ArrayList<Line>();
        for (int i = 0; i < 40; i++) {
            lines.add(line(i, 0));
        }
        for (int step = 0; step < 3_000; step++) {
            Line line = lines.get(random.nextInt(lines.size()));
            if (random.nextInt(3) == 0) {
                heap.remove(line);
                inside.remove(line);
            } else {
                line.deadlineMillis = random.nextInt(50);
                heap.put(line);
                if (!inside.contains(line)) {
                    inside.add(line);
                }
            }
            assertThat(heap.size()).isEqualTo(inside.size());
            Line first = heap.first();
            assertThat(first == null ? -1 : first.deadlineMillis)
                    .isEqualTo(inside.stream()
                            .mapToLong(each -> each.deadlineMillis)
                            .min()
                            .orElse(-1));
        }
    }

    @Test
    void whatIsNotInsideIsNotTakenOut() {
        Line one = line(1, 5);
        heap.put(one);
        heap.remove(line(2, 1));
        assertThat(heap.first()).isSameAs(one);
        heap.remove(one);
        heap.remove(one);
        assertThat(heap.size()).isZero();
    }

    private List<Line> drained() {
        var found = new ArrayList<Line>();
        for (Line line = heap.first(); line != null; line = heap.first()) {
            heap.remove(line);
            assertThat(line.place).isEqualTo(-1);
            found.add(line);
        }
        return found;
    }

    private static Line line(int number, long deadline) {
        var line = new Line("key" + number);
        line.opened(new WindowHead("w" + number, line.key, 1, WindowState.OPEN, Instant.ofEpochMilli(deadline)));
        return line;
    }
}
