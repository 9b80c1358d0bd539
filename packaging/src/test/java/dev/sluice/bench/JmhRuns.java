package dev.sluice.bench;

import dev.sluice.bench.Pairs.Comparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// Runs JMH benchmarks: one fork of each in turns, so that what disturbs the machine disturbs all of them.
final class JmhRuns {
    private static final String BYTES = "gc.alloc.rate.norm";

    private final Run run;
    private final Path directory;

    JmhRuns(Run run) throws IOException {
        this.run = run;
        this.directory = run.newDirectory("jmh");
        Files.writeString(logging(), ".level=WARNING\n");
    }

    private Path logging() {
        return directory.resolve("logging.properties");
    }

    /// What came of the benchmarks of one class.
    ///
    /// @param taken by name: the method, and `:` with its parameter if it has one
    record Found(Map<String, Measured> taken) {
        Measured of(String name) {
            Measured measured = taken.get(name);
            if (measured == null) {
                throw new IllegalArgumentException("no benchmark " + name + " among " + taken.keySet());
            }
            return measured;
        }

        Comparison compared(String ours, String peer) {
            return Comparison.of(of(ours).scores(), of(peer).scores());
        }
    }

    /// What came of one benchmark.
    ///
    /// @param scoresByFork in the benchmark's own unit
    /// @param bytesByFork allocated per operation
    record Measured(List<Double> scoresByFork, List<Double> bytesByFork) {
        double[] scores() {
            return array(scoresByFork);
        }

        double score() {
            return Pairs.median(scores());
        }

        double bytes() {
            return Pairs.median(array(bytesByFork));
        }

        private static double[] array(List<Double> values) {
            return values.stream().mapToDouble(each -> each).toArray();
        }
    }

    /// Runs every benchmark of a class.
    Found measure(Class<?> benchmarks) throws IOException {
        Map<String, Measured> taken = new HashMap<>();
        for (int fork = 0; fork < run.count(3, 1); fork++) {
            for (RunResult result : once(benchmarks)) {
                var measured =
                        taken.computeIfAbsent(name(result), _ -> new Measured(new ArrayList<>(), new ArrayList<>()));
                measured.scoresByFork.add(result.getPrimaryResult().getScore());
                measured.bytesByFork.add(bytes(result));
            }
        }
        return new Found(taken);
    }

    private Collection<RunResult> once(Class<?> benchmarks) throws IOException {
        Path output = Files.createTempFile(directory, benchmarks.getSimpleName(), ".log");
        var options = new OptionsBuilder()
                .include(benchmarks.getName().replace(".", "\\.") + "\\.")
                .forks(1)
                .warmupTime(TimeValue.milliseconds(run.count(1_000, 600)))
                .measurementTime(TimeValue.milliseconds(run.count(1_000, 300)))
                .addProfiler(GCProfiler.class)
                .jvmArgs(
                        "-XX:+UseSerialGC",
                        "-Xms1g",
                        "-Xmx1g",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Djava.util.logging.config.file=" + logging(),
                        "-Djava.io.tmpdir=" + directory)
                .output(output.toString())
                .shouldFailOnError(true);
        if (!benchmarks.getSimpleName().equals("FanIn")) {
            options.warmupIterations(run.count(2, 1)).measurementIterations(run.count(3, 1));
        }
        try {
            return new Runner(options.build()).run();
        } catch (RunnerException failed) {
            throw new IOException(benchmarks.getSimpleName() + " failed:\n" + Files.readString(output), failed);
        }
    }

    private static String name(RunResult result) {
        var parameters = result.getParams();
        String method =
                parameters.getBenchmark().substring(parameters.getBenchmark().lastIndexOf('.') + 1);
        return parameters.getParamsKeys().stream()
                .map(parameters::getParam)
                .reduce(method, (name, value) -> name + ":" + value);
    }

    @SuppressWarnings("rawtypes") // JMH's own signature
    private static double bytes(RunResult result) {
        return result.getSecondaryResults().entrySet().stream()
                .filter(each -> each.getKey().endsWith(BYTES))
                .mapToDouble(each -> each.getValue().getScore())
                .findFirst()
                .orElse(Double.NaN);
    }
}
