package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Varnish, which has others wait for a fetch under way. Debian's has no module that hashes bodies, so it is
/// sent GET with the key in the URL: less work than the POST that the others are sent.
final class Varnish implements Contender {
    private static final Pattern WORKING = Pattern.compile("Child launched OK|Child \\(\\d+\\) said Child starts");

    private final Child process;
    private final int port;

    private Varnish(Child process, int port) {
        this.process = process;
        this.port = port;
    }

    /// @param ttlSeconds how long answers are kept
    static Varnish start(Run run, Provider provider, int ttlSeconds) throws IOException, InterruptedException {
        int port = Http.freePort();
        Path directory = run.newDirectory("varnish");
        Path vcl = Files.writeString(directory.resolve("bench.vcl"), """
            vcl 4.1;
            backend provider {
                .host = "127.0.0.1";
                .port = "%d";
                .first_byte_timeout = 60s;
                .between_bytes_timeout = 60s;
            }
            sub vcl_recv {
                return (hash);
            }
            sub vcl_backend_response {
                if (beresp.http.Cache-Control ~ "no-store") {
                    set beresp.uncacheable = true;
                }
                set beresp.ttl = %ds;
                set beresp.grace = 0s;
                set beresp.keep = 0s;
                return (deliver);
            }
            """.formatted(provider.port(), ttlSeconds));
        Child process = Child.start(
                "varnish",
                directory,
                Map.of(),
                List.of(
                        Programs.varnish(),
                        "-F",
                        "-n",
                        directory.resolve("work").toString(),
                        "-a",
                        "127.0.0.1:" + port,
                        "-f",
                        vcl.toString(),
                        "-s",
                        "malloc,512m",
                        "-T",
                        "none",
                        "-p",
                        "thread_pool_min=600",
                        "-p",
                        "thread_pool_max=5000",
                        "-p",
                        "listen_depth=4096",
                        "-p",
                        "timeout_idle=120"));
        process.await(WORKING);
        return run.own(new Varnish(process, port));
    }

    @Override
    public String name() {
        return "Varnish";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public List<Long> pids() {
        return process.pids();
    }

    @Override
    public byte[] ask(String key, Plan plan) {
        return Http.get(port, "/v1/chat/completions?plan=" + plan.text() + "&key=" + key, "");
    }

    @Override
    public void close() {
        process.close();
    }
}
