package dev.sluice.service.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.ops.ConditionView;
import dev.sluice.model.sms.SmsView;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class TextConditionsTest {
    @Test
    void allIsWellWithoutTexts() {
        assertThat(TextConditions.look(SmsView.NONE))
                .hasSize(4)
                .allSatisfy(condition -> assertThat(condition.level()).isEqualTo("ok"));
    }

    @Test
    @DisplayName("S13 replies of which nobody knows are a warning, with their number")
    void unknownReplies() {
        assertThat(alarming(view(false, 0, 3, 0)))
                .singleElement()
                .satisfies(condition -> assertThat(condition.name()).isEqualTo("replies-unknown"))
                .satisfies(condition -> assertThat(condition.count()).isEqualTo(3))
                .satisfies(condition -> assertThat(condition.detail()).startsWith("3 replies"));
    }

    @Test
    @DisplayName("S14 batches that were put aside are a warning")
    void quarantined() {
        assertThat(alarming(view(false, 0, 0, 2)))
                .singleElement()
                .satisfies(condition -> assertThat(condition.name()).isEqualTo("batches-quarantined"))
                .satisfies(condition -> assertThat(condition.detail()).startsWith("2 batches"));
    }

    @Test
    void lateWindows() {
        assertThat(alarming(view(false, 1_000, 0, 0))).isEmpty();
        assertThat(alarming(view(false, 1_001, 0, 0)))
                .singleElement()
                .satisfies(condition -> assertThat(condition.detail()).contains("1001 ms"));
    }

    @Test
    void pauseIsANotice() {
        assertThat(TextConditions.look(view(true, 0, 0, 0)))
                .filteredOn(condition -> condition.name().equals("texts-paused"))
                .singleElement()
                .satisfies(condition -> assertThat(condition.level()).isEqualTo("notice"))
                .satisfies(condition -> assertThat(condition.detail()).contains("7 senders wait"));
    }

    private static List<ConditionView> alarming(SmsView texts) {
        return TextConditions.look(texts).stream()
                .filter(ConditionView::alarming)
                .toList();
    }

    private static SmsView view(boolean paused, long lateMs, int unknown, int quarantined) {
        return new SmsView(
                1,
                60,
                "fixed",
                paused,
                true,
                "log",
                false,
                7,
                5,
                0,
                0,
                0,
                null,
                lateMs,
                unknown,
                quarantined,
                9,
                0,
                0,
                2,
                2,
                2,
                7,
                7);
    }
}
