package dev.sluice.service.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SharedRequestsTest {
    private static final Instant START = Instant.parse("2026-03-04T05:00:00Z");

    private final SharedRequests requests = new SharedRequests(3);

    @Test
    @DisplayName("O8 an hour is remembered, to the millisecond")
    void anHour() {
        add(Duration.ZERO);
        add(Duration.ofMinutes(30));

        assertThat(requests.lastHour(START.plusMillis(3_599_999)).requests()).hasSize(2);
        assertThat(requests.lastHour(START.plusMillis(3_600_000)).requests()).hasSize(1);
        assertThat(requests.lastHour(START.plus(Duration.ofHours(2))).requests())
                .isEmpty();
        assertThat(requests.lastHour(START.plus(Duration.ofHours(2))).span()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    @DisplayName("O8 of more than can be remembered the newest are, and the time they reach back is told")
    void bounded() {
        for (int i = 0; i < 5; i++) {
            add(Duration.ofMinutes(i));
        }
        var memory = requests.lastHour(START.plus(Duration.ofMinutes(10)));

        assertThat(memory.requests()).extracting(SharedRequest::endedAtMillis).containsExactly(at(2), at(3), at(4));
        assertThat(memory.span()).isEqualTo(Duration.ofMinutes(8));
        assertThat(requests.lastHour(START.plus(Duration.ofMinutes(61))).span()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void memoryNotForgottenButExpiredIsWhole() {
        add(Duration.ZERO);
        add(Duration.ofMinutes(59));
        add(Duration.ofMinutes(90));
        add(Duration.ofMinutes(91));

        var memory = requests.lastHour(START.plus(Duration.ofMinutes(92)));

        assertThat(memory.requests()).hasSize(3);
        assertThat(memory.span()).isEqualTo(Duration.ofHours(1));
    }

    private void add(Duration after) {
        requests.add(new SharedRequest(START.plus(after).toEpochMilli(), "f", false, false, false, false, 0, 1));
    }

    private static long at(int minute) {
        return START.plus(Duration.ofMinutes(minute)).toEpochMilli();
    }
}
