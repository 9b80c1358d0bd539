package dev.sluice.service;

import dev.sluice.service.config.Setting;
import dev.sluice.service.config.Settings;
import dev.sluice.service.config.TextSettings;
import dev.sluice.service.consolidate.WindowRules;
import dev.sluice.service.sms.SmsPolicy;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The live settings as texts are handled by them. Thread-safe.
final class LiveTextSettings implements SmsPolicy {
    private final Settings settings;

    LiveTextSettings(Settings settings) {
        this.settings = settings;
    }

    @Override
    public WindowRules windowRules() {
        return new WindowRules(
                settings.duration(TextSettings.CONSOLIDATION_WINDOW),
                settings.value(TextSettings.CONSOLIDATION_MODE).equals("sliding"),
                settings.duration(TextSettings.CONSOLIDATION_CAP),
                settings.number(TextSettings.CONSOLIDATION_MAX_TEXTS),
                settings.number(TextSettings.CONSOLIDATION_MAX_BYTES));
    }

    @Override
    public boolean paused() {
        return settings.on(TextSettings.CONSOLIDATION_PAUSED);
    }

    @Override
    public boolean repliesAllowed() {
        return settings.value(Setting.OUTBOUND).equals("on");
    }

    @Override
    public boolean callsAllowed() {
        return !settings.value(Setting.OUTBOUND).equals("stop");
    }

    @Override
    public Optional<String> defaultRegion() {
        return text(TextSettings.SMS_DEFAULT_REGION);
    }

    @Override
    public boolean autoReply() {
        return settings.on(TextSettings.SMS_AUTO_REPLY_ENABLED);
    }

    @Override
    public Optional<String> autoReplyText() {
        return text(TextSettings.SMS_AUTO_REPLY_TEXT);
    }

    @Override
    public Optional<String> helpText() {
        return text(TextSettings.SMS_HELP_TEXT);
    }

    @Override
    public int repliesPerHour() {
        return settings.number(TextSettings.SMS_REPLIES_PER_HOUR);
    }

    @Override
    public int repliesPerDay() {
        return settings.number(TextSettings.SMS_REPLIES_PER_DAY);
    }

    @Override
    public Set<String> countries() {
        return text(TextSettings.SMS_COUNTRIES)
                .map(list -> Set.copyOf(List.of(list.split(","))))
                .orElse(Set.of());
    }

    @Override
    public Optional<ZonedDateTime> quietUntil(ZonedDateTime now) {
        return text(TextSettings.SMS_QUIET_HOURS).flatMap(span -> {
            LocalTime from = LocalTime.parse(span.substring(0, 5));
            LocalTime to = LocalTime.parse(span.substring(6));
            LocalTime time = now.toLocalTime();
            boolean quiet = from.isBefore(to)
                    ? !time.isBefore(from) && time.isBefore(to)
                    : !from.equals(to) && (!time.isBefore(from) || time.isBefore(to));
            if (!quiet) {
                return Optional.empty();
            }
            ZonedDateTime end = next(now.toLocalDate().atTime(to), now);
            return Optional.of(
                    end.isAfter(now) ? end : next(now.toLocalDate().plusDays(1).atTime(to), now));
        });
    }

    /// Returns when a clock on the wall shows that time, or the first moment after it if it skips it.
    private static ZonedDateTime next(LocalDateTime time, ZonedDateTime now) {
        ZoneId zone = now.getZone();
        ZoneOffsetTransition change = zone.getRules().getTransition(time);
        return change != null && change.isGap()
                ? change.getInstant().atZone(zone)
                : ZonedDateTime.ofLocal(time, zone, now.getOffset());
    }

    @Override
    public long settingsVersion() {
        return settings.version();
    }

    private Optional<String> text(Setting setting) {
        return Optional.of(settings.value(setting)).filter(Predicate.not(String::isEmpty));
    }
}
