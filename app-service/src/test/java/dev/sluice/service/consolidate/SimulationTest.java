package dev.sluice.service.consolidate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.consolidate.WindowEngine.Batch;
import dev.sluice.service.consolidate.WindowEngine.Step;
import dev.sluice.service.consolidate.WindowStore.Redating;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Random lives of the engine, the same ones every time: a failure names its seed.
final class SimulationTest {
    private static final int SEEDS = 1_000;
    private static final List<String> KEYS = List.of("ann", "bob", "cas");
    /// Thousands of accidents would fill the test's output.
    private final Logger log = Logger.getLogger(Turns.class.getName());

    @BeforeEach
    void mute() {
        log.setLevel(Level.OFF);
    }

    @AfterEach
    void unmute() {
        log.setLevel(null);
    }

    @Test
    @DisplayName("S5 S6 random arrivals make the batches that a model of a few lines makes, at the same moments")
    void likeTheModel() {
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            WindowRules rules = rules(random);
            var house = new WindowEngine();
            var model = new Model(rules);
            for (int item = 0; item < 60; item++) {
                var pause = Duration.ofMillis(random.nextInt(40) * 500L);
                house.advance(pause);
                String key = KEYS.get(random.nextInt(KEYS.size()));
                int bytes = 1 + random.nextInt(40);
                model.arrive(key, item, bytes, house.time.now());
                house.engine.changed(house.store.arrive(key, item, bytes, Urgency.NONE, house.time.now(), rules));
                house.run();
            }
            house.advance(Duration.ofHours(1));
            assertThat(house.batches)
                    .as("seed %s, %s", seed, rules)
                    .containsExactlyInAnyOrderElementsOf(model.batches());
            assertThat(house.engine.stats().keys()).as("at rest, seed %s", seed).isZero();
        }
    }

    @Test
    @DisplayName("S1 S6 S8 S14 whatever operators, crashes and a sick store do: each item is in one batch, in order")
    void chaos() {
        for (int seed = 0; seed < SEEDS; seed++) {
            new Chaos(seed).run();
        }
    }

    private static WindowRules rules(Random random) {
        return new WindowRules(
                Duration.ofSeconds(random.nextInt(5) == 0 ? 0 : 1 + random.nextInt(60)),
                random.nextBoolean(),
                Duration.ofSeconds(random.nextInt(90)),
                1 + random.nextInt(8),
                20 + random.nextInt(200));
    }

    /// What windows do, said once more and differently: each key's arrivals are cut into batches.
    private static final class Model {
        private record Arrival(int item, int bytes, Instant at) {}

        private final WindowRules rules;
        private final Map<String, List<Arrival>> arrivals = new HashMap<>();

        Model(WindowRules rules) {
            this.rules = rules;
        }

        void arrive(String key, int item, int bytes, Instant at) {
            arrivals.computeIfAbsent(key, _ -> new ArrayList<>()).add(new Arrival(item, bytes, at));
        }

        List<Batch> batches() {
            var batches = new ArrayList<Batch>();
            arrivals.forEach((key, all) -> {
                int number = 1;
                for (int from = 0; from < all.size(); number++) {
                    int to = end(all, from);
                    var items =
                            all.subList(from, to).stream().map(Arrival::item).toList();
                    batches.add(new Batch(key, number, items, leaves(all, from, to)));
                    from = to;
                }
            });
            return batches;
        }

        /// Returns where the batch that begins at `from` ends: before the first arrival that is too late
        /// or too much.
        private int end(List<Arrival> all, int from) {
            int to = from + 1;
            while (to < all.size()
                    && !full(all, from, to)
                    && inTime(all, from, to)
                    && bytes(all, from, to + 1) <= rules.maxBytes()) {
                to++;
            }
            return to;
        }

        private boolean inTime(List<Arrival> all, int from, int to) {
            return all.get(to).at.isBefore(due(all, from, to));
        }

        private boolean full(List<Arrival> all, int from, int to) {
            return rules.window().isZero() || to - from == rules.maxItems() || bytes(all, from, to) >= rules.maxBytes();
        }

        private Instant leaves(List<Arrival> all, int from, int to) {
            if (full(all, from, to)) {
                return all.get(to - 1).at;
            }
            Instant due = due(all, from, to);
            // pushed out by an item that was in time and did not fit
            boolean pushed = to < all.size() && all.get(to).at.isBefore(due);
            return pushed ? all.get(to).at : due;
        }

        private Instant due(List<Arrival> all, int from, int to) {
            Instant first = all.get(from).at;
            if (!rules.sliding()) {
                return first.plus(rules.window());
            }
            Instant slid = all.get(to - 1).at.plus(rules.window());
            Instant cap = first.plus(rules.cap());
            return slid.isBefore(cap) ? slid : cap;
        }

        private static long bytes(List<Arrival> all, int from, int to) {
            return all.subList(from, to).stream().mapToLong(Arrival::bytes).sum();
        }
    }

    /// One life full of accidents.
    private static final class Chaos {
        private final int seed;
        private final Random random;
        private final WindowRules rules;
        private WindowEngine house = new WindowEngine();
        private boolean paused;
        private int items;

        Chaos(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.rules = rules(random);
        }

        void run() {
            for (int i = 0; i < 80; i++) {
                act(random.nextInt(16));
            }
            settle();
            check();
        }

        private void act(int what) {
            switch (what) {
                case 0, 1, 2, 3, 4 -> arrive();
                case 5, 6, 7 -> house.advance(Duration.ofMillis(random.nextInt(30_000)));
                case 8 -> house.runOne();
                case 9 -> operate();
                case 10 -> house.script.add(accident());
                case 11 -> crash();
                case 12 -> house.store.sickFor(random.nextInt(3));
                case 13 -> {
                    paused = !paused;
                    house.pause(paused);
                }
                case 14 -> redate();
                default -> house.time.suspend(Duration.ofSeconds(random.nextInt(120)));
            }
        }

        private void arrive() {
            var urgency = List.of(Urgency.NONE, Urgency.NONE, Urgency.NONE, Urgency.BESIDE, Urgency.ENDING)
                    .get(random.nextInt(5));
            var heads = house.store.arrive(
                    KEYS.get(random.nextInt(KEYS.size())),
                    items++,
                    1 + random.nextInt(40),
                    urgency,
                    house.time.now(),
                    rules);
            house.engine.changed(heads);
        }

        private void operate() {
            var gathering = house.store.all().stream()
                    .filter(w -> w.state == WindowState.OPEN || w.state == WindowState.HELD)
                    .toList();
            if (gathering.isEmpty()) {
                return;
            }
            var window = gathering.get(random.nextInt(gathering.size()));
            var state = List.of(WindowState.OPEN, WindowState.HELD, WindowState.CLOSED, WindowState.DROPPED)
                    .get(random.nextInt(4));
            Instant deadline = house.time.now().plusSeconds(random.nextInt(60));
            house.engine.changed(List.of(house.store.set(window.id, state, deadline)));
        }

        private Step accident() {
            return switch (random.nextInt(3)) {
                case 0 -> new Step.Fail("bad luck");
                case 1 -> new Step.PutOff(Duration.ofSeconds(random.nextInt(100)));
                default -> new Step.Meanwhile(this::arrive);
            };
        }

        private void crash() {
            house = house.crash(house.time.now().plusSeconds(random.nextInt(-200, 200)));
            paused = false;
        }

        private void redate() {
            house.store.sickFor(0);
            house.engine.redate(random.nextBoolean() ? new Redating.ByRules(rules(random)) : new Redating.DueNow());
        }

        private void settle() {
            house.store.sickFor(0);
            house.pause(false);
            for (var window : house.store.all()) {
                if (window.state == WindowState.HELD) {
                    house.engine.changed(List.of(house.store.set(window.id, WindowState.OPEN, house.time.now())));
                }
            }
            house.advance(Duration.ofDays(1));
        }

        private void check() {
            assertThat(house.engine.stats().keys()).as("at rest, seed %s", seed).isZero();
            var left =
                    house.store.all().stream().filter(w -> w.state.unfinished()).toList();
            assertThat(left).as("unfinished, seed %s", seed).isEmpty();
            var processed = house.batches.stream()
                    .flatMap(batch -> batch.items().stream())
                    .toList();
            assertThat(processed).as("seed %s", seed).doesNotHaveDuplicates();
            long elsewhere = house.store.all().stream()
                    .filter(w -> w.state == WindowState.DROPPED || w.state == WindowState.QUARANTINED)
                    .mapToLong(w -> w.items.size())
                    .sum();
            assertThat(processed.size() + elsewhere).as("seed %s", seed).isEqualTo(items);
            for (var batch : house.batches) {
                assertThat(batch.items()).as("seed %s", seed).isSortedAccordingTo(Comparator.naturalOrder());
            }
        }
    }
}
