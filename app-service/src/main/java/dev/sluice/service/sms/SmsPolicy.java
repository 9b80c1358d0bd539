package dev.sluice.service.sms;

import dev.sluice.service.consolidate.WindowRules;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Set;

/// What operators decide about texts, as it is in force now. Thread-safe.
public interface SmsPolicy {
    /// Returns how long texts gather.
    WindowRules windowRules();

    /// Returns whether windows are kept as they are, and nothing is processed.
    boolean paused();

    /// Returns whether replies may leave the house.
    boolean repliesAllowed();

    /// Returns whether providers may be called.
    boolean callsAllowed();

    /// Returns whether batches are answered.
    boolean autoReply();

    /// Returns the text of every automatic reply; empty if it depends on the verdict.
    Optional<String> autoReplyText();

    /// Returns what is answered to HELP.
    String helpText();

    /// Returns how many replies one sender gets in an hour, at most.
    int repliesPerHour();

    /// Returns how many replies one sender gets in a day, at most.
    int repliesPerDay();

    /// Returns the countries that replies go to, in two letters; empty for all.
    Set<String> countries();

    /// Returns when the quiet hours end in which `now` falls; empty if replies may go out now.
    Optional<ZonedDateTime> quietUntil(ZonedDateTime now);

    /// Returns the version of the settings in force.
    long settingsVersion();
}
