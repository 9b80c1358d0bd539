package dev.sluice.service.consolidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.service.consolidate.Gathering.Placement;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class GatheringTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final WindowRules FIXED = rules(60, false, 60);
    private static final WindowRules SLIDING = rules(60, true, 150);

    @Test
    @DisplayName("S5 a fixed window is due its length after its first item, whatever comes later")
    void fixedFromFirst() {
        Gathering first = place(null, at(0), FIXED).after();
        Gathering second = place(first, at(40), FIXED).after();
        assertThat(second.deadline()).isEqualTo(at(60));
        assertThat(second.items()).isEqualTo(2);
        assertThat(second.bytes()).isEqualTo(20);
        assertThat(second.openedAt()).isEqualTo(at(0));
        assertThat(second.latestAt()).isEqualTo(at(40));
    }

    @Test
    @DisplayName("S5 an item at the deadline opens the next window, one just before it does not")
    void deadlineIsExclusive() {
        Gathering open = place(null, at(0), FIXED).after();
        assertThat(place(open, at(60).minusMillis(1), FIXED).opens()).isFalse();
        Placement next = place(open, at(60), FIXED);
        assertThat(next.closesOpen()).isEqualTo(CloseReason.DEADLINE);
        assertThat(next.opens()).isTrue();
        assertThat(next.after()).isEqualTo(new Gathering(at(60), at(60), at(120), 1, 10, false));
        assertThat(next.closes()).isNull();
    }

    @Test
    @DisplayName("S5 a sliding window is due its length after the latest item, and never later than its cap")
    void slidingUpToCap() {
        Gathering open = place(null, at(0), SLIDING).after();
        assertThat(open.deadline()).isEqualTo(at(60));
        open = place(open, at(50), SLIDING).after();
        assertThat(open.deadline()).isEqualTo(at(110));
        open = place(open, at(100), SLIDING).after();
        assertThat(open.deadline()).isEqualTo(at(150));
        assertThat(place(open, at(149), SLIDING).after().deadline()).isEqualTo(at(150));
    }

    @Test
    @DisplayName("S5 the item that makes the window full closes it at once")
    void fullByItems() {
        var rules = new WindowRules(Duration.ofSeconds(60), false, Duration.ofSeconds(60), 2, 1_000);
        Placement first = place(null, at(0), rules);
        Placement second = place(first.after(), at(1), rules);
        assertThat(first.closes()).isNull();
        assertThat(second.closes()).isEqualTo(CloseReason.FULL);
        assertThat(second.opens()).isFalse();
    }

    @Test
    @DisplayName("S5 an item that does not fit closes the window and starts the next")
    void fullByBytes() {
        var rules = new WindowRules(Duration.ofSeconds(60), false, Duration.ofSeconds(60), 9, 25);
        Gathering two = place(place(null, at(0), rules).after(), at(1), rules).after();
        Placement third = place(two, at(2), rules);
        assertThat(third.closesOpen()).isEqualTo(CloseReason.FULL);
        assertThat(third.opens()).isTrue();
        assertThat(third.after().items()).isEqualTo(1);
        assertThat(third.after().deadline()).isEqualTo(at(62));
    }

    @Test
    @DisplayName("S5 bytes that fill a window exactly fit, and close it")
    void exactlyFull() {
        var rules = new WindowRules(Duration.ofSeconds(60), false, Duration.ofSeconds(60), 9, 20);
        Placement second = place(place(null, at(0), rules).after(), at(1), rules);
        assertThat(second.closesOpen()).isNull();
        assertThat(second.closes()).isEqualTo(CloseReason.FULL);
    }

    @Test
    @DisplayName("S5 an item too big for any window has one of its own")
    void tooBig() {
        var rules = new WindowRules(Duration.ofSeconds(60), false, Duration.ofSeconds(60), 9, 5);
        Placement only = place(null, at(0), rules);
        assertThat(only.opens()).isTrue();
        assertThat(only.closes()).isEqualTo(CloseReason.FULL);
    }

    @Test
    void windowOfLengthZeroClosesWithItsItem() {
        Placement only = place(null, at(0), rules(0, false, 0));
        assertThat(only.closes()).isEqualTo(CloseReason.AT_ONCE);
        assertThat(only.after().deadline()).isEqualTo(at(0));
    }

    @Test
    @DisplayName("S7 a window that was open when the length became zero gathers to its own deadline")
    void openWindowOutlivesZero() {
        Gathering open = place(null, at(0), FIXED).after();
        Placement next = place(open, at(1), rules(0, false, 0));
        assertThat(next.opens()).isFalse();
        assertThat(next.closes()).isNull();
        assertThat(next.after().deadline()).isEqualTo(at(60));
    }

    @Test
    @DisplayName("S8 a held window takes what comes, however late, many or big")
    void heldTakesAll() {
        var rules = new WindowRules(Duration.ofSeconds(60), false, Duration.ofSeconds(60), 2, 10);
        var held = new Gathering(at(0), at(0), at(60), 2, 10, true);
        Placement more = place(held, at(3_600), rules);
        assertThat(more.closesOpen()).isNull();
        assertThat(more.opens()).isFalse();
        assertThat(more.closes()).isNull();
        assertThat(more.after().held()).isTrue();
        assertThat(more.after().items()).isEqualTo(3);
    }

    @Test
    @DisplayName("S8 a deadline that an operator put off is not moved back by the next item")
    void extendedStaysExtended() {
        var extended = new Gathering(at(0), at(0), at(600), 1, 10, false);
        assertThat(place(extended, at(10), FIXED).after().deadline()).isEqualTo(at(600));
        assertThat(place(extended, at(10), SLIDING).after().deadline()).isEqualTo(at(600));
    }

    @Test
    @DisplayName("S15 an ending item closes the open window and has one of its own, closed at once")
    void ending() {
        Gathering open = place(null, at(0), FIXED).after();
        Placement stop = Gathering.place(open, at(1), 4, Urgency.ENDING, FIXED);
        assertThat(stop.closesOpen()).isEqualTo(CloseReason.AT_ONCE);
        assertThat(stop.opens()).isTrue();
        assertThat(stop.closes()).isEqualTo(CloseReason.AT_ONCE);
        assertThat(stop.after().items()).isEqualTo(1);
    }

    @Test
    @DisplayName("S15 an ending item leaves a held window to the operator, one beside leaves every window")
    void beside() {
        var held = new Gathering(at(0), at(0), at(60), 2, 10, true);
        Placement stop = Gathering.place(held, at(1), 4, Urgency.ENDING, FIXED);
        assertThat(stop.closesOpen()).isNull();
        assertThat(stop.opens()).isTrue();
        Placement help = Gathering.place(place(null, at(0), FIXED).after(), at(1), 4, Urgency.BESIDE, FIXED);
        assertThat(help.closesOpen()).isNull();
        assertThat(help.opens()).isTrue();
        assertThat(help.closes()).isEqualTo(CloseReason.AT_ONCE);
    }

    @Test
    void rulesAreChecked() {
        assertThatThrownBy(() -> new WindowRules(Duration.ofSeconds(-1), false, Duration.ZERO, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new WindowRules(Duration.ZERO, false, Duration.ZERO, 0, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new WindowRules(Duration.ZERO, false, Duration.ZERO, 1, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(rules(60, true, 10).cap()).isEqualTo(Duration.ofSeconds(60));
        assertThat(FIXED.withWindow(Duration.ofSeconds(90)).deadline(at(0), at(30)))
                .isEqualTo(at(90));
    }

    @Test
    @DisplayName("S5 what fits to the byte goes into the window")
    void fitsToTheByte() {
        var rules = new WindowRules(Duration.ofSeconds(60), false, Duration.ofSeconds(60), 100, 20);
        Placement first = place(null, at(0), rules);
        Placement second = place(first.after(), at(1), rules);
        assertThat(second.opens()).isFalse();
        assertThat(second.closes()).isEqualTo(CloseReason.FULL);
        assertThat(second.after().bytes()).isEqualTo(20);
    }

    @Test
    @DisplayName("S8 what is kept as if held is as it was, but for that")
    void kept() {
        Gathering open = place(null, at(0), FIXED).after();
        assertThat(open.kept()).isEqualTo(new Gathering(at(0), at(0), at(60), 1, 10, true));
    }

    private static Placement place(@Nullable Gathering open, Instant now, WindowRules rules) {
        return Gathering.place(open, now, 10, Urgency.NONE, rules);
    }

    private static Instant at(long second) {
        return START.plusSeconds(second);
    }

    private static WindowRules rules(long window, boolean sliding, long cap) {
        return new WindowRules(Duration.ofSeconds(window), sliding, Duration.ofSeconds(cap), 50, 10_000);
    }
}
