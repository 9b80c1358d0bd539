package dev.sluice.service.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.config.Durations;
import dev.sluice.service.thread.SharedRequest;
import dev.sluice.service.thread.SharedRequests;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecountTest {
    @Test
    @DisplayName("O8 without sharing each shared request makes its call and pays its tokens")
    void sharing() {
        var recount = of(follower("f1", false, false), follower("f1", true, false), reused("f2", 100));

        assertThat(recount.sharing()).isEqualTo(new Recount.Sum(3, 3, 30));
        assertThat(recount.span()).isEqualTo("the last hour");
    }

    @Test
    @DisplayName("O8 without stream sharing each stream calls, and the first plain request that shared a stream's call")
    void streams() {
        var recount = of(
                follower("led-by-stream", true, true),
                follower("led-by-stream", false, true),
                follower("led-by-stream", false, true),
                follower("led-by-plain", true, false),
                follower("led-by-plain", false, false));

        assertThat(recount.streams()).isEqualTo(new Recount.Sum(4, 3, 30));
    }

    @ParameterizedTest
    @DisplayName("O8 reuse for a shorter time: what was too old calls anew, and is reused in its turn")
    @CsvSource({"30s, 0, 0", "10s, 1, 1", "5s, 3, 1", "2s, 4, 3", "0s, 5, 5"})
    void results(String limit, long older, long calls) {
        var recount =
                of(reused("f", 1_000), reused("f", 4_000), reused("f", 6_000), reused("f", 7_000), reused("f", 10_500));

        assertThat(recount.results(Durations.parse("X", limit))).isEqualTo(new Recount.Sum(older, calls, 10 * calls));
    }

    @Test
    @DisplayName("O8 kept results and kept failures are counted apart, followers not at all")
    void kinds() {
        var failure = new SharedRequest(0, "g", true, false, false, true, 1_500, 0);
        var recount = of(follower("f", false, false), reused("f", 3_000), failure);

        assertThat(recount.results(Duration.ofSeconds(1))).isEqualTo(new Recount.Sum(1, 1, 10));
        assertThat(recount.failures(Duration.ofSeconds(1))).isEqualTo(new Recount.Sum(1, 1, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "PT1H, the last hour",
        "PT12M30S, the last 12 min (no more is remembered)",
        "PT7S, the last 7 s (no more is remembered)"
    })
    void spanIsHonest(Duration span, String words) {
        assertThat(new Recount(new SharedRequests.Memory(List.of(), span)).span())
                .isEqualTo(words);
    }

    private static Recount of(SharedRequest... requests) {
        return new Recount(new SharedRequests.Memory(List.of(requests), Duration.ofHours(1)));
    }

    private static SharedRequest follower(String flight, boolean streamed, boolean ledByStream) {
        return new SharedRequest(0, flight, false, streamed, ledByStream, false, 0, 10);
    }

    private static SharedRequest reused(String flight, double ageMs) {
        return new SharedRequest(0, flight, true, false, false, false, ageMs, 10);
    }
}
