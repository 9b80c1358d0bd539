package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The fake provider counts what it is asked; everything else here rests on that.
@Timeout(120)
class ProviderTest {
    @Test
    void countsCallsThoseAtOnceAndThoseThatWereLeft() throws Exception {
        var nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        var report = new Report(List.of(), null, nowhere);
        try (var run = Run.begin(Path.of("."), true, report, nowhere)) {
            Provider provider = Provider.start(run);
            try (var burst = new Burst(provider.port(), 3)) {
                var answered = burst.fire(request(provider, Plan.plain(50, 10)));
                assertThat(answered.failed()).isZero();
                assertThat(answered.nanos().percentile(0)).isGreaterThanOrEqualTo(50_000_000);
                assertThat(provider.stats().calls()).isEqualTo(3);
                assertThat(provider.stats().inAir()).isZero();

                provider.reset();
                burst.lead(request(provider, Plan.plain(60_000, 10)));
                provider.awaitInAir(1);
                burst.loseLeader();
                provider.await(60_000, stats -> stats.aborted() > 0);
            }
            assertThat(provider.stats().calls()).isEqualTo(1);
            assertThat(provider.stats().mostInAir()).isEqualTo(1);
            assertThat(provider.stats().inAir()).isZero();
        }
    }

    @Test
    void streamsChunksWithStampsToTheirEnd() throws Exception {
        var nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        try (var run = Run.begin(Path.of("."), true, new Report(List.of(), null, nowhere), nowhere)) {
            Provider provider = Provider.start(run);
            try (var burst = new Burst(provider.port(), 2)) {
                var answered = burst.fire(request(provider, Plan.stream(0, 5, 1_000, 40)));

                assertThat(answered.failed()).isZero();
                assertThat(provider.stats().calls()).isEqualTo(2);
                assertThat(provider.stats().aborted()).isZero();
            }
        }
    }

    @Test
    void countsACallerThatLeavesWhileItIsWrittenTo() throws Exception {
        var nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        try (var run = Run.begin(Path.of("."), true, new Report(List.of(), null, nowhere), nowhere)) {
            Provider provider = Provider.start(run);
            try (var burst = new Burst(provider.port(), 1)) {
                // more than the connection's buffers hold
                burst.lead(request(provider, Plan.stream(0, 100_000, 0, 1_000)));
                provider.awaitInAir(1);
                burst.loseLeader();

                var left = provider.await(60_000, stats -> stats.aborted() > 0);
                assertThat(left.aborted()).isEqualTo(1);
                assertThat(left.inAir()).isZero();
            }
        }
    }

    @Test
    void failsWhereThePlanSaysSo() throws Exception {
        var nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        try (var run = Run.begin(Path.of("."), true, new Report(List.of(), null, nowhere), nowhere)) {
            Provider provider = Provider.start(run);
            try (var burst = new Burst(provider.port(), 1)) {
                var answered = burst.fire(request(provider, Plan.plain(0, 0).as(Plan.Manner.FAILING)));

                assertThat(answered.failed()).isEqualTo(1);
                assertThat(provider.stats().calls()).isEqualTo(1);
                assertThat(provider.stats().aborted()).isZero();
            }
        }
    }

    @Test
    void takesRepliesAsAGatewayAndCountsThem() throws Exception {
        var nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        try (var run = Run.begin(Path.of("."), true, new Report(List.of(), null, nowhere), nowhere)) {
            Provider provider = Provider.start(run);
            try (var burst = new Burst(provider.port(), 2)) {
                long before = System.nanoTime();
                var taken = burst.fire(Http.post(provider.port(), "/reply", "", "{}"));

                assertThat(taken.failed()).isZero();
                assertThat(provider.stats().replies()).isEqualTo(2);
                assertThat(provider.stats().repliedNanos()).isBetween(before, System.nanoTime());
                assertThat(provider.stats().calls()).isZero();
            }
        }
    }

    private static byte[] request(Provider provider, Plan plan) {
        return Http.post(provider.port(), "/v1/chat/completions", "", "{\"model\":\"" + plan.text() + "\"}");
    }
}
