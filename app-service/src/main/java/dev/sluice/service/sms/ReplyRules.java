package dev.sluice.service.sms;

import dev.sluice.service.sms.BatchRepository.Intended;
import dev.sluice.service.sms.BatchRepository.Permission;
import dev.sluice.service.sms.text.ConsentWord;
import dev.sluice.service.sms.verdict.Label;
import dev.sluice.service.sms.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.stream.Stream;

/// Decides whether a batch is answered, when, and what with. Thread-safe.
final class ReplyRules {
    /// What somebody who agrees is answered by default.
    static final String AGREED = "Thanks for confirming! See you soon.";

    /// What everybody else is answered by default.
    static final String OTHERWISE = "Thank you for replying.";

    private static final Duration HELP_ONCE = Duration.ofHours(1);
    private static final Duration LOOK_AGAIN = Duration.ofHours(1);

    private final SmsPolicy policy;
    private final BatchRepository batches;
    private final ZoneId zone;

    /// @param zone whose clock the quiet hours go by
    ReplyRules(SmsPolicy policy, BatchRepository batches, ZoneId zone) {
        this.policy = policy;
        this.batches = batches;
        this.zone = zone;
    }

    /// Decides with what is in force now; the first rule that applies counts.
    ///
    /// @param wall the wall clock's time
    Decision decide(Batch batch, Verdict verdict, Instant wall) {
        ConsentWord word = batch.consent();
        if (word == ConsentWord.STOP || word == ConsentWord.START) {
            return new Decision.Suppress("consent_" + (word == ConsentWord.STOP ? "stop" : "start"));
        }
        if (word == null && batch.joined().isBlank()) {
            return new Decision.Suppress("nothing_counts"); // each text of it repeats one of another batch
        }
        boolean help = word == ConsentWord.HELP;
        String text = help ? policy.helpText().orElse("") : text(verdict);
        if (text.isEmpty()) {
            return new Decision.Suppress("no_help_text");
        }
        return never(batch, help, wall)
                .or(() -> notNow(batch, wall))
                .orElseGet(() -> new Decision.Reply(help ? Intended.Kind.HELP : Intended.Kind.AUTO, text));
    }

    /// Decides about a reply that was intended before and of which not a byte was sent.
    ///
    /// @param text what it says
    Decision decideAgain(Batch batch, String text, Instant wall) {
        boolean help = batch.consent() == ConsentWord.HELP;
        if (batch.sender().optedOut() && !help) {
            return new Decision.Suppress("opted_out");
        }
        if (!autoReply(batch)) {
            return new Decision.Suppress("auto_reply_off");
        }
        return notNow(batch, wall)
                .orElseGet(() -> new Decision.Reply(help ? Intended.Kind.HELP : Intended.Kind.AUTO, text));
    }

    /// Tells what the settings say at this moment; for the last look inside a transaction.
    Permission permission() {
        return new Permission(policy.repliesAllowed() && !policy.paused(), policy.autoReply());
    }

    private Optional<Decision> never(Batch batch, boolean help, Instant wall) {
        var sender = batch.sender();
        if (sender.optedOut() && !help) {
            return suppressed("opted_out");
        }
        if (!sender.address().answerable()) {
            return suppressed("unanswerable_sender");
        }
        if (!autoReply(batch)) {
            return suppressed("auto_reply_off");
        }
        if (ours(batch, wall)) {
            return suppressed("own_text");
        }
        String region = sender.address().region();
        if (!policy.countries().isEmpty()
                && (region == null || !policy.countries().contains(region))) {
            return suppressed("country_not_allowed");
        }
        if (help
                && batches.lastHelp(sender.id())
                        .filter(at -> at.isAfter(wall.minus(HELP_ONCE)))
                        .isPresent()) {
            return suppressed("help_answered_already");
        }
        if (batches.repliesSince(sender.id(), wall.minus(Duration.ofHours(1))) >= policy.repliesPerHour()) {
            return suppressed("limit_per_hour");
        }
        if (batches.repliesSince(sender.id(), wall.minus(Duration.ofDays(1))) >= policy.repliesPerDay()) {
            return suppressed("limit_per_day");
        }
        return Optional.empty();
    }

    private Optional<Decision> notNow(Batch batch, Instant wall) {
        if (!policy.repliesAllowed() || policy.paused()) {
            return Optional.of(new Decision.Wait("replies_held", LOOK_AGAIN));
        }
        if (batch.sender().held()) {
            return Optional.of(new Decision.Wait("sender_held", LOOK_AGAIN));
        }
        ZonedDateTime now = wall.atZone(zone);
        return policy.quietUntil(now).map(end -> new Decision.Wait("quiet_hours", Duration.between(now, end)));
    }

    private boolean autoReply(Batch batch) {
        Boolean own = batch.sender().ownAutoReply();
        return own == null ? policy.autoReply() : own;
    }

    /// A text that we write ourselves comes from another machine like this one.
    private boolean ours(Batch batch, Instant wall) {
        String joined = batch.joined();
        String digest = Digest.of(joined);
        return Stream.concat(
                                Stream.of(AGREED, OTHERWISE),
                                Stream.of(policy.autoReplyText(), policy.helpText())
                                        .flatMap(Optional::stream))
                        .anyMatch(own -> Digest.of(own).equals(digest))
                || batches.wasReplied(batch.sender().id(), joined, wall);
    }

    private String text(Verdict verdict) {
        return policy.autoReplyText().orElse(verdict.label() == Label.AGREE ? AGREED : OTHERWISE);
    }

    private static Optional<Decision> suppressed(String reason) {
        return Optional.of(new Decision.Suppress(reason));
    }

    /// What is to be done.
    sealed interface Decision {
        /// Answer with that text.
        record Reply(Intended.Kind kind, String text) implements Decision {}

        /// Never answer this batch.
        ///
        /// @param reason a word
        record Suppress(String reason) implements Decision {}

        /// Decide again after a while, or when something changes.
        ///
        /// @param reason a word
        record Wait(String reason, Duration pause) implements Decision {}
    }
}
