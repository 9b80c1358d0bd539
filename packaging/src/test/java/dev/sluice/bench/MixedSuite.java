package dev.sluice.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// P20: what a day looks like: some questions are asked all the time, most hardly ever, and answers take
/// a while.
final class MixedSuite implements Suite {
    private static final int PROMPTS = 1_000;
    private static final int CLIENTS = 200;
    private static final int KEPT_SECONDS = 30;

    private final Keys keys = new Keys();
    private final Random random = new Random(20);
    private final double[] upTo = zipf();
    private final int[] latencies = random.doubles(PROMPTS)
            .mapToInt(_ -> (int) Math.clamp(Math.exp(Math.log(600) + 0.6 * random.nextGaussian()), 200, 2_000))
            .toArray();

    @Override
    public String name() {
        return "mixed";
    }

    @Override
    public String about() {
        return "P20: 200 clients, 1 000 prompts by Zipf, answers of 0.2-2 s: calls, errors, growth";
    }

    @Override
    public void run(Run run) throws Exception {
        int seconds = run.count(120, 10);
        Provider provider = Provider.start(run);
        Sluice sluice = Sluice.start(run, provider, Map.of("COALESCE_RESULT_TTL", KEPT_SECONDS + "s"));
        var load = run.own(new LoadGenerator(sluice.port(), CLIENTS));
        String fresh = keys.next();
        // a thread for each prompt: an answer is kept only while its turn is its thread's newest
        List<String> threads = new ArrayList<>();
        for (int i = 0; i < PROMPTS; i++) {
            threads.add(sluice.newThread());
        }
        List<Ask> asked = new ArrayList<>();
        provider.reset();
        var memory = new Memory(sluice.pid(), seconds);
        LoadGenerator.Result result = load.closed(
                () -> {
                    int prompt = pick();
                    asked.add(new Ask(prompt, System.nanoTime()));
                    return sluice.ask(threads.get(prompt), fresh + " " + prompt, Plan.plain(latencies[prompt], 500));
                },
                seconds);
        int least = least(asked);
        int calls = provider.stats().calls();
        var limit = Limit.atMost(1.02);
        run.report()
                .add(new Row(
                        "P20",
                        "mixed load, " + asked.size() + " requests: calls against the fewest possible",
                        calls + " calls",
                        least + " (by arithmetic)",
                        Numbers.text((double) calls / least),
                        limit.text("x"),
                        limit.verdict((double) calls / least)));
        run.report().absolute("P20", "mixed load: errors", result.failed(), "", Limit.atMost(0));
        run.report()
                .absolute(
                        "P20", "mixed load: growth of memory in the last half", memory.growth(), " %", Limit.atMost(5));
    }

    /// Returns how many calls an all-knowing cache makes: one serves whoever asks until it has ended, and
    /// as long as its answer is kept.
    private int least(List<Ask> asked) {
        var until = new long[PROMPTS];
        Arrays.fill(until, Long.MIN_VALUE);
        int calls = 0;
        for (Ask ask : asked) {
            if (until[ask.prompt] == Long.MIN_VALUE || ask.nanos - until[ask.prompt] > 0) {
                calls++;
                until[ask.prompt] = ask.nanos
                        + TimeUnit.MILLISECONDS.toNanos(latencies[ask.prompt])
                        + TimeUnit.SECONDS.toNanos(KEPT_SECONDS);
            }
        }
        return calls;
    }

    private int pick() {
        int found = Arrays.binarySearch(upTo, random.nextDouble());
        return Math.min(PROMPTS - 1, found < 0 ? -found - 1 : found);
    }

    /// Returns the share of all requests that the first, the first two ... prompts have, exponent 1.
    private static double[] zipf() {
        var shares = new double[PROMPTS];
        double sum = 0;
        for (int i = 0; i < PROMPTS; i++) {
            sum += 1.0 / (i + 1);
            shares[i] = sum;
        }
        for (int i = 0; i < PROMPTS; i++) {
            shares[i] /= sum;
        }
        return shares;
    }

    private record Ask(int prompt, long nanos) {}

    /// Looks at a process's memory at half time and at the end.
    private static final class Memory {
        private final CompletableFuture<Double> growth = new CompletableFuture<>();

        Memory(long pid, int seconds) {
            Thread.ofPlatform().daemon().name("memory").start(() -> {
                try {
                    Thread.sleep(seconds * 500L);
                    double half = Proc.residentBytes(pid);
                    Thread.sleep(seconds * 500L);
                    growth.complete(100 * (Proc.residentBytes(pid) / half - 1));
                } catch (IOException | InterruptedException e) {
                    growth.completeExceptionally(e);
                }
            });
        }

        double growth() throws Exception {
            return growth.get(1, TimeUnit.MINUTES);
        }
    }
}
