package dev.sluice.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.sluice.bench.Pairs.Measure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// P8: an answer of 2 KB that is kept, asked for again as fast as wrk can.
final class ReuseSuite implements Suite {
    private static final int BYTES = 2_048;
    private static final int CONNECTIONS = 32;
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern PORT = Pattern.compile("bare on port (\\d+)");

    private final Keys keys = new Keys();

    @Override
    public String name() {
        return "reuse";
    }

    @Override
    public String about() {
        return "P8: kept answers of 2 KB under wrk, beside a bare Helidon handler and Varnish";
    }

    @Override
    public void run(Run run) throws Exception {
        if (!Programs.hasWrk()) {
            run.report().unmeasured("P8", about(), "wrk is absent");
            return;
        }
        Provider provider = Provider.start(run);
        Sluice sluice = Sluice.start(run, provider, Map.of("COALESCE_RESULT_TTL", "1h"));
        byte[] ours = sluice.ask(keys.next(), Plan.plain(0, BYTES));
        int answerBytes = warm(sluice.port(), ours);
        Child bare = run.own(Child.start(
                "bare",
                run.newDirectory("bare"),
                Map.of("BYTES", Integer.toString(answerBytes)),
                Provider.Java.command(BareHelidon.class, "-Xmx512m")));
        int barePort = Integer.parseInt(bare.await(PORT).group(1));
        List<Measure> measures = new ArrayList<>();
        measures.add(wrk(run, sluice.port(), ours));
        measures.add(wrk(run, barePort, ours));
        if (Programs.hasVarnish()) {
            Varnish varnish = Varnish.start(run, provider, 3_600);
            byte[] theirs = varnish.ask(keys.next(), Plan.plain(0, BYTES));
            warm(varnish.port(), theirs);
            measures.add(wrk(run, varnish.port(), theirs));
        }
        // a minute of each: the compilers have two processors that are busy otherwise
        for (int i = 0; i < run.count(10, 1); i++) {
            for (Measure each : measures) {
                each.take();
            }
        }
        provider.reset();
        var found = Pairs.compare(run.pairs(), measures);
        String what = "warm reuse, 2 KB, wrk with " + CONNECTIONS + " connections";
        run.report().compared("P8", what, found.get(0), "bare Helidon handler", "/s", Limit.atLeast(0.75));
        if (found.size() > 1) {
            run.report().compared("P8", what, found.get(1), "Varnish hit", "/s", Limit.atLeast(0.35));
        } else {
            run.report().unmeasured("P8", what, Report.ABSENT);
        }
        run.report().absolute("P8", "provider calls meanwhile", provider.stats().calls(), "", Limit.atMost(0));
    }

    /// Has the answer kept, and returns how long it is.
    private static int warm(int port, byte[] request) throws IOException, InterruptedException {
        int[] bytes = new int[1];
        try (var link = new Link(port, (_, from, to) -> bytes[0] += to - from)) {
            link.send(request);
            var buffer = ByteBuffer.allocate(64 << 10);
            while (!link.reader.done()) {
                if (!link.read(buffer)) {
                    throw new IOException("no answer to keep");
                }
                Thread.sleep(1);
            }
            if (link.reader.status() != 200) {
                throw new IOException("no answer to keep, but " + link.reader.status());
            }
        }
        return bytes[0];
    }

    private static Measure wrk(Run run, int port, byte[] request) throws IOException {
        String text = new String(request, ISO_8859_1);
        String[] parts = text.split("\r\n\r\n", 2);
        String[] lines = parts[0].split("\r\n", -1);
        String[] words = lines[0].split(" ", -1);
        var script = new StringBuilder("wrk.method = \"" + words[0] + "\"\n");
        for (int i = 1; i < lines.length; i++) {
            String[] header = lines[i].split(": ", 2);
            if (!header[0].equals("Host") && !header[0].equals("Content-Length")) {
                script.append("wrk.headers[\"" + header[0] + "\"] = \"" + header[1] + "\"\n");
            }
        }
        if (!parts[1].isEmpty()) {
            script.append("wrk.body = [[" + parts[1] + "]]\n");
        }
        Path file = Files.writeString(run.newDirectory("wrk").resolve("script.lua"), script);
        String seconds = run.count(6, 2) + "s";
        return () -> rate(List.of(
                "wrk",
                "-t1",
                "-c" + CONNECTIONS,
                "-d" + seconds,
                "-s",
                file.toString(),
                "http://127.0.0.1:" + port + words[1]));
    }

    private static double rate(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        var found = RATE.matcher(output);
        if (!found.find() || output.contains("Non-2xx") || output.contains("Socket errors")) {
            throw new IOException("wrk says: " + output);
        }
        return Double.parseDouble(found.group(1));
    }
}
