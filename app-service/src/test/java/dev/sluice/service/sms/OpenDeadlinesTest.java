package dev.sluice.service.sms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.consolidate.WindowHead;
import dev.sluice.service.consolidate.WindowRules;
import dev.sluice.service.consolidate.WindowState;
import dev.sluice.service.consolidate.WindowStore.Redated;
import dev.sluice.service.consolidate.WindowStore.Redating;
import dev.sluice.service.store.Row;
import dev.sluice.service.store.TemporaryDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class OpenDeadlinesTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.123Z");
    private static final List<String> STATES = List.of("open", "open", "open", "open", "held", "closed", "done");

    @RegisterExtension
    final TemporaryDatabase database = new TemporaryDatabase();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    @DisplayName(
            "S7 S9 whatever is open, SQLite gives it the deadline that the rules say, and leaves all else as it is")
    void likeTheRules(long seed) {
        var random = new Random(seed);
        fill(random, 300);
        for (int round = 0; round < 12; round++) {
            Redating how = how(random);
            List<Window> before = windows();
            List<Window> expected =
                    before.stream().map(window -> window.redated(how, NOW)).toList();
            if (how instanceof Redating.ByRules(WindowRules rules)) {
                assertThat(new OpenDeadlines(database.db()).forecast(rules, NOW))
                        .isEqualTo(forecast(before, expected));
            }

            int changed = redate(how, round == 0 ? 1 : 1 + random.nextInt(400));

            assertThat(windows()).as("seed %s, %s", seed, how).isEqualTo(expected);
            assertThat(changed).as("seed %s, %s", seed, how).isEqualTo(moved(before, expected));
        }
    }

    @Test
    @DisplayName("S7 more windows than go by one statement: each has its deadline moved, once")
    void manyRanges() {
        fill(new Random(7), 4_000);
        List<Window> before = windows();
        var how = new Redating.ByRules(new WindowRules(Duration.ofDays(3), false, Duration.ofDays(3), 50, 16_000));
        List<Window> expected =
                before.stream().map(window -> window.redated(how, NOW)).toList();

        assertThat(redate(how, 3_000)).isEqualTo(moved(before, expected)).isGreaterThan(1_000);
        assertThat(windows()).isEqualTo(expected);
        assertThat(redate(how, 3_000)).isZero();
    }

    @Test
    @DisplayName("S7 where none is open there is nothing to do")
    void none() {
        var deadlines = new OpenDeadlines(database.db());
        assertThat(deadlines.redate(null, 10, new Redating.DueNow(), NOW)).isEqualTo(new Redated(0, null));
        assertThat(deadlines.forecast(SetPolicy.MINUTE, NOW)).isEqualTo(new OpenDeadlines.Forecast(0, 0, 0));
    }

    /// Goes on as a process does, each time as if it had been started anew.
    private int redate(Redating how, int limit) {
        int changed = 0;
        var open = new ArrayList<WindowHead>();
        String after = null;
        do {
            var deadlines = new OpenDeadlines(database.db());
            Redated step = deadlines.redate(after, limit, how, NOW);
            assertThat(step.changed()).isLessThanOrEqualTo(limit);
            open.addAll(deadlines.open(after, step.last()));
            changed += step.changed();
            after = step.last();
        } while (after != null);
        assertThat(open)
                .isEqualTo(windows().stream()
                        .filter(Window::open)
                        .map(Window::head)
                        .toList());
        return changed;
    }

    private static Redating how(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> new Redating.DueNow();
            case 1 -> new Redating.WithinLength();
            default ->
                new Redating.ByRules(new WindowRules(
                        random.nextInt(6) == 0 ? Duration.ZERO : Duration.ofNanos(random.nextInt(90_000) * 1_000_000L),
                        random.nextBoolean(),
                        Duration.ofMillis(random.nextInt(200_000)),
                        50,
                        16_000));
        };
    }

    private void fill(Random random, int count) {
        database.db().write("fill", sql -> {
            for (int i = 0; i < count; i++) {
                Instant opened = NOW.plus(random.nextInt(240_000_000) - 120_000_000, ChronoUnit.MICROS);
                boolean slides = random.nextBoolean();
                sql.update(
                        """
                        INSERT INTO windows (id, sender_id, org, number, state, opened_at, latest_at, deadline_at, length_ms,
                            slide_ms, cap_ms, own_rules, items, bytes, settings_version)
                        VALUES (?, ?, 'acme', ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 1, 1)\
                        """,
                        "w%06d".formatted(count - i),
                        "s" + i,
                        1 + random.nextInt(9),
                        STATES.get(random.nextInt(STATES.size())),
                        opened,
                        // the wall clock may have been moved back meanwhile
                        opened.plusMillis(random.nextInt(100_000) - 10_000),
                        NOW.plus(random.nextInt(240_000_000) - 120_000_000, ChronoUnit.MICROS),
                        random.nextInt(100_000),
                        slides ? random.nextInt(100_000) : null,
                        slides ? random.nextInt(200_000) : null,
                        random.nextInt(4) == 0);
            }
            return count;
        });
    }

    private List<Window> windows() {
        return database.db().read(sql -> sql.list("SELECT * FROM windows ORDER BY id", Window::of));
    }

    private static OpenDeadlines.Forecast forecast(List<Window> before, List<Window> after) {
        List<Window> open = after.stream().filter(Window::open).toList();
        return new OpenDeadlines.Forecast(open.size(), moved(before, after), (int)
                open.stream().filter(window -> !window.deadline.isAfter(NOW)).count());
    }

    private static int moved(List<Window> before, List<Window> after) {
        return (int) IntStream.range(0, before.size())
                .filter(i -> !after.get(i).deadline.equals(before.get(i).deadline))
                .count();
    }

    private record Window(
            String id,
            String sender,
            int number,
            String state,
            Instant opened,
            Instant latest,
            Instant deadline,
            long lengthMillis,
            @Nullable Long slideMillis,
            @Nullable Long capMillis,
            boolean ownRules) {
        static Window of(Row row) {
            return new Window(
                    row.text("id"),
                    row.text("sender_id"),
                    (int) row.number("number"),
                    row.text("state"),
                    row.instant("opened_at"),
                    row.instant("latest_at"),
                    row.instant("deadline_at"),
                    row.number("length_ms"),
                    row.numberOrNull("slide_ms"),
                    row.numberOrNull("cap_ms"),
                    row.flag("own_rules"));
        }

        boolean open() {
            return state.equals("open");
        }

        WindowHead head() {
            return new WindowHead(id, sender, number, WindowState.OPEN, deadline);
        }

        Window redated(Redating how, Instant now) {
            if (!open()) {
                return this;
            }
            return switch (how) {
                case Redating.ByRules(WindowRules rules) -> ownRules ? this : by(rules);
                case Redating.DueNow() -> due(deadline.isBefore(now) ? deadline : now);
                case Redating.WithinLength() -> {
                    Instant furthest = now.plusMillis(lengthMillis);
                    yield due(deadline.isAfter(furthest) ? furthest : deadline);
                }
            };
        }

        private Window by(WindowRules rules) {
            return new Window(
                    id,
                    sender,
                    number,
                    state,
                    opened,
                    latest,
                    rules.deadline(opened, latest),
                    rules.window().toMillis(),
                    rules.sliding() ? rules.window().toMillis() : null,
                    rules.sliding() ? rules.cap().toMillis() : null,
                    ownRules);
        }

        private Window due(Instant at) {
            return new Window(
                    id, sender, number, state, opened, latest, at, lengthMillis, slideMillis, capMillis, ownRules);
        }
    }
}
