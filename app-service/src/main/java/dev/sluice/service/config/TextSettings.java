package dev.sluice.service.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The live settings of texts, their windows and replies.
public final class TextSettings {
    private static final String WINDOWS = "texts";
    private static final String REPLIES = "replies";
    private static final int LONGEST_REPLY = 1_600;
    private static final Pattern ANY_TEXT = Pattern.compile("[^\\p{Cntrl}&&[^\\n]]*");
    private static final ValueType REPLY_TEXT = new ValueType.Text(LONGEST_REPLY, ANY_TEXT, "a text to send", false);

    /// How long texts gather.
    public static final Setting CONSOLIDATION_WINDOW = Setting.of(
            "CONSOLIDATION_WINDOW",
            new ValueType.Span(Duration.ZERO, Duration.ofHours(1)),
            "60s",
            WINDOWS,
            "How long the texts of a sender gather before they are handled as one; 0 handles each at once.");

    /// What the window is counted from.
    public static final Setting CONSOLIDATION_MODE = Setting.of(
            "CONSOLIDATION_MODE",
            new ValueType.Choice(List.of("fixed", "sliding")),
            "fixed",
            WINDOWS,
            "What a window is counted from: fixed, its first text; sliding, its latest, up to CONSOLIDATION_CAP.");

    /// The longest that a sliding window stays open.
    public static final Setting CONSOLIDATION_CAP = Setting.of(
            "CONSOLIDATION_CAP",
            new ValueType.Span(Duration.ZERO, Duration.ofHours(6)),
            "5m",
            WINDOWS,
            "The longest that a sliding window stays open, from its first text.");

    /// How many texts fill a window.
    public static final Setting CONSOLIDATION_MAX_TEXTS = Setting.of(
            "CONSOLIDATION_MAX_TEXTS",
            new ValueType.Whole(1, 1_000),
            "50",
            WINDOWS,
            "The text that makes so many closes its window at once.");

    /// How many bytes fill a window.
    public static final Setting CONSOLIDATION_MAX_BYTES = Setting.of(
            "CONSOLIDATION_MAX_BYTES",
            new ValueType.Whole(100, 1_000_000),
            "16000",
            WINDOWS,
            "More bytes of text than that do not go into one window.");

    /// Whether windows are kept as they are.
    public static final Setting CONSOLIDATION_PAUSED = Setting.of(
            "CONSOLIDATION_PAUSED",
            new ValueType.Flag(),
            "0",
            WINDOWS,
            "Texts are taken and kept; no window closes and nothing is classified or answered.");

    /// The country of numbers that are written without one.
    public static final Setting SMS_DEFAULT_REGION = Setting.of(
            "SMS_DEFAULT_REGION",
            new ValueType.Text(2, regions(), "a two-letter region such as PH", true),
            "",
            WINDOWS,
            "The region of numbers that are written without a country; empty refuses those.");

    /// Whether batches are answered.
    public static final Setting SMS_AUTO_REPLY_ENABLED = Setting.of(
            "SMS_AUTO_REPLY_ENABLED", new ValueType.Flag(), "0", REPLIES, "Each batch of texts gets one reply.");

    /// What every reply says.
    public static final Setting SMS_AUTO_REPLY_TEXT = Setting.of(
            "SMS_AUTO_REPLY_TEXT", REPLY_TEXT, "", REPLIES, "What every reply says; empty, it depends on the verdict.");

    /// What HELP is answered.
    public static final Setting SMS_HELP_TEXT = Setting.of(
            "SMS_HELP_TEXT",
            REPLY_TEXT,
            "Reply STOP to get no more messages, START to get them again.",
            REPLIES,
            "What HELP is answered, once an hour at most; empty answers it nothing.");

    /// How many replies a sender gets in an hour.
    public static final Setting SMS_REPLIES_PER_HOUR = Setting.of(
            "SMS_REPLIES_PER_HOUR",
            new ValueType.Whole(0, 1_000),
            "3",
            REPLIES,
            "Replies that one number gets in an hour, at most.");

    /// How many replies a sender gets in a day.
    public static final Setting SMS_REPLIES_PER_DAY = Setting.of(
            "SMS_REPLIES_PER_DAY",
            new ValueType.Whole(0, 10_000),
            "10",
            REPLIES,
            "Replies that one number gets in a day, at most.");

    /// Which countries replies go to.
    public static final Setting SMS_COUNTRIES = Setting.of(
            "SMS_COUNTRIES",
            new ValueType.Text(
                    400, Pattern.compile("[A-Z]{2}(,[A-Z]{2})*"), "two-letter countries such as PH,US", true),
            "",
            REPLIES,
            "The only countries that replies go to; empty for all.");

    /// When no reply goes out.
    public static final Setting SMS_QUIET_HOURS = Setting.of(
            "SMS_QUIET_HOURS",
            new ValueType.Text(
                    11,
                    Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]"),
                    "from-to such as 22:00-07:00",
                    false),
            "",
            REPLIES,
            "When replies wait, by the service's time zone; they go out afterwards. Empty for never.");

    /// All of them, in the order they are shown.
    static final List<Setting> ALL = List.of(
            CONSOLIDATION_WINDOW,
            CONSOLIDATION_MODE,
            CONSOLIDATION_CAP,
            CONSOLIDATION_MAX_TEXTS,
            CONSOLIDATION_MAX_BYTES,
            CONSOLIDATION_PAUSED,
            SMS_DEFAULT_REGION,
            SMS_AUTO_REPLY_ENABLED,
            SMS_AUTO_REPLY_TEXT,
            SMS_HELP_TEXT,
            SMS_REPLIES_PER_HOUR,
            SMS_REPLIES_PER_DAY,
            SMS_COUNTRIES,
            SMS_QUIET_HOURS);

    private TextSettings() {}

    private static Pattern regions() {
        // places without numbers of their own
        Set<String> without = Set.of("AN", "AQ", "BV", "GS", "HM", "PN", "TF", "UM");
        return Pattern.compile(Arrays.stream(Locale.getISOCountries())
                .filter(region -> !without.contains(region))
                .collect(Collectors.joining("|")));
    }
}
