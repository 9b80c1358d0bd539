package dev.sluice.service.sms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.sms.BatchView;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TwoInstancesTest {
    @RegisterExtension
    final SmsBench bench = new SmsBench();

    @RegisterExtension
    final SmsBench other = new SmsBench();

    @ParameterizedTest
    @ValueSource(strings = {"the same texts", "texts of their own"})
    @DisplayName("S16 two instances that text each other stop within three exchanges")
    void loop(String kind) {
        bench.policy.perHour = 3;
        other.policy.perHour = 3;
        if (kind.equals("texts of their own")) {
            bench.policy.text = "We have your message.";
            other.policy.text = "We are out of office.";
        }
        bench.text("+639170000002", "Yes, I come");
        int heardHere = 0;
        int heardThere = 0;
        for (int round = 0; round < 20; round++) {
            bench.seconds(60);
            other.seconds(60);
            for (; heardThere < bench.sender.sent.size(); heardThere++) {
                other.text("+639170000001", bench.sender.sent.get(heardThere).text());
            }
            for (; heardHere < other.sender.sent.size(); heardHere++) {
                bench.text("+639170000002", other.sender.sent.get(heardHere).text());
            }
        }
        assertThat(bench.sender.sent).hasSizeBetween(1, 3);
        assertThat(other.sender.sent).hasSizeLessThanOrEqualTo(3);
        assertThat(bench.all()).extracting(BatchView::state).containsOnly("done");
    }
}
