package dev.sluice.service.ops;

import dev.sluice.model.sms.Forecast;
import dev.sluice.service.config.Durations;
import dev.sluice.service.config.Setting;
import dev.sluice.service.config.TextSettings;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Says what a new value of a setting of texts would do, with the windows of now. Thread-safe.
final class TextEffects {
    private final Texts texts;

    TextEffects(Texts texts) {
        this.texts = texts;
    }

    /// Returns the effect in words; empty if the setting is none of texts.
    ///
    /// @param after the value wanted, canonical
    Optional<String> of(Setting setting, String after) {
        if (setting.equals(TextSettings.CONSOLIDATION_WINDOW)) {
            Duration length = Durations.parse(setting.name(), after);
            return Optional.of((length.isZero()
                            ? "Each text is handled at once. "
                            : "The texts of new windows gather for " + after + ". ")
                    + open(length, null));
        }
        if (setting.equals(TextSettings.CONSOLIDATION_MODE)) {
            return Optional.of("New windows are counted from their " + (after.equals("fixed") ? "first" : "latest")
                    + " text. " + open(null, after.equals("sliding")));
        }
        if (setting.equals(TextSettings.CONSOLIDATION_PAUSED)) {
            return Optional.of(paused(after.equals("1")));
        }
        if (setting.equals(TextSettings.SMS_AUTO_REPLY_ENABLED)) {
            return Optional.of(replies(after.equals("1")));
        }
        return Optional.empty();
    }

    private String open(@Nullable Duration length, @Nullable Boolean sliding) {
        Forecast forecast = texts.forecast().apply(length, sliding);
        return forecast.open() == 0
                ? "No window is open now."
                : forecast.open() + " windows are open now and keep their deadlines; retimed, " + forecast.moved()
                        + " of them would move and " + forecast.due() + " would close at once.";
    }

    private String paused(boolean pause) {
        var now = texts.view().get();
        return pause
                ? "Texts are taken and kept; no window closes and nothing is answered. Now waiting: " + now.pending()
                        + " senders."
                : "Windows close again; those that are overdue drain at the usual pace. Now waiting: " + now.pending()
                        + " senders.";
    }

    private String replies(boolean on) {
        var now = texts.view().get();
        if (!on) {
            return "No batch is answered any more; texts are still classified. Now waiting: " + now.pending()
                    + " senders.";
        }
        return "Each batch gets one reply, within the limits of each number"
                + (now.real() ? "" : "; but SMS_SENDER is " + now.sender() + ", so nothing leaves the house")
                + ". Now waiting: " + now.pending() + " senders.";
    }
}
