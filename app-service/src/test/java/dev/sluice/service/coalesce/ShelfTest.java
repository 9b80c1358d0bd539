package dev.sluice.service.coalesce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.replay.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class ShelfTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofSeconds(2);

    private final VirtualClock clock = new VirtualClock();
    private final Shelf<String, String> shelf = new Shelf<>(100, clock::nanoTime);

    @Test
    @DisplayName("C8 a value is had until its own time is up")
    void valueHasItsTime() {
        shelf.put("long", "1", 10, LONG);
        shelf.put("short", "2", 10, SHORT);

        clock.advance(SHORT.minusNanos(1));
        assertThat(shelf.get("short")).isEqualTo("2");
        clock.advance(Duration.ofNanos(1));
        assertThat(shelf.get("short")).isNull();
        assertThat(shelf.get("long")).isEqualTo("1");
        assertThat(shelf.values()).containsExactly("1");
        clock.advance(LONG);
        assertThat(shelf.get("long")).isNull();
        assertThat(shelf.values()).isEmpty();
    }

    @Test
    void valueWithoutAnEndIsHad() {
        shelf.put("k", "v", 10, Duration.ofSeconds(Long.MAX_VALUE));

        clock.advance(Duration.ofDays(10_000));

        assertThat(shelf.get("k")).isEqualTo("v");
    }

    @Test
    @DisplayName("C22 when all would take too much, those put first go first")
    void oldestGoFirst() {
        shelf.put("a", "1", 40, SHORT);
        shelf.put("b", "2", 40, LONG);
        shelf.put("c", "3", 20, LONG);
        assertThat(shelf.values()).containsExactlyInAnyOrder("1", "2", "3");

        shelf.put("d", "4", 50, LONG);

        assertThat(shelf.get("a")).isNull();
        assertThat(shelf.get("b")).isNull();
        assertThat(shelf.values()).containsExactlyInAnyOrder("3", "4");
    }

    @Test
    @DisplayName("C22 a value that alone takes too much is not put, takes no other's place and ends the former one")
    void tooLargeAValue() {
        shelf.put("a", "1", 50, LONG);
        shelf.put("b", "2", 50, LONG);

        shelf.put("a", "large", 101, LONG);

        assertThat(shelf.get("a")).isNull();
        assertThat(shelf.values()).containsExactly("2");
        shelf.put("a", "whole", 100, LONG);
        assertThat(shelf.values()).containsExactly("whole");
    }

    @Test
    void replacedOrRemovedValueTakesNothing() {
        shelf.put("a", "1", 60, LONG);
        shelf.put("b", "2", 40, LONG);
        shelf.put("a", "3", 30, LONG);
        shelf.put("c", "4", 30, LONG);
        assertThat(shelf.values()).containsExactlyInAnyOrder("2", "3", "4");

        shelf.remove("a");
        shelf.remove("nobody's");
        shelf.put("d", "5", 30, LONG);

        assertThat(shelf.values()).containsExactlyInAnyOrder("2", "4", "5");
    }

    @Test
    @DisplayName("C22 what was replaced is put anew: it is not the oldest any more")
    void replacedIsNew() {
        shelf.put("a", "1", 40, LONG);
        shelf.put("b", "2", 40, LONG);
        shelf.put("a", "3", 40, LONG);

        shelf.put("c", "4", 40, LONG);

        assertThat(shelf.values()).containsExactlyInAnyOrder("3", "4");
    }

    @Test
    void whatIsTooOldGoesWhenSomethingIsPut() {
        shelf.put("a", "1", 60, SHORT);
        clock.advance(SHORT);
        shelf.put("b", "2", 50, LONG);
        shelf.put("c", "3", 50, LONG);

        assertThat(shelf.values()).containsExactlyInAnyOrder("2", "3");
    }

    @Test
    @DisplayName("C22 after 10^5 puts and removals of four threads it takes what is on it, to the byte")
    void sumsHoldInARace() throws Exception {
        long seed = System.nanoTime();
        Together.run(4, number -> {
            var random = new Random(seed + number);
            for (int i = 0; i < Engine.rounds(25_000); i++) {
                String key = "k" + random.nextInt(20);
                switch (random.nextInt(4)) {
                    case 0 -> shelf.remove(key);
                    case 1 -> assertThat(shelf.get(key)).isIn(null, key);
                    default -> shelf.put(key, key, random.nextInt(120), LONG);
                }
            }
            return true;
        });

        for (int i = 0; i < 20; i++) {
            shelf.remove("k" + i);
        }
        assertThat(shelf.values()).as("seed %d", seed).isEmpty();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            shelf.put("one" + i, "one" + i, 1, LONG);
            all.add("one" + i);
        }
        assertThat(shelf.values()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(all);
        shelf.put("another", "another", 1, LONG);
        assertThat(shelf.get("one0")).isNull();
        assertThat(shelf.get("one1")).isEqualTo("one1");
    }
}
