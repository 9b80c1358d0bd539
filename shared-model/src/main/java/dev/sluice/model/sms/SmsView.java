package dev.sluice.model.sms;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Texts at a glance. Counts run since the start of the service.
///
/// @param version changes with whatever the list of senders shows
/// @param windowSeconds how long texts gather
/// @param mode `fixed` or `sliding`
/// @param paused whether windows are kept and nothing is processed
/// @param autoReply whether batches are answered
/// @param sender what sends the replies, `log`, `twilio`
/// @param real whether anything leaves the house
/// @param pending senders with texts that wait
/// @param gathering windows that are open
/// @param waiting senders whose closed windows wait for their turn
/// @param postponed senders whose processing was put off: replies are held, quiet hours, the store
/// @param running batches in process
/// @param nextDeadline the earliest; null if none is waited for
/// @param latenessP99Ms how late windows closed, the 99th percentile of the latest thousand
/// @param unknown replies of which nobody knows whether they were sent
/// @param quarantined batches left for an operator
/// @param messages texts taken
/// @param duplicates texts delivered again
/// @param refused texts and calls not taken
/// @param batches batches handled
/// @param classifications calls of a provider
/// @param replies replies sent
/// @param savedCalls calls that single texts would have cost besides
/// @param savedReplies replies that single texts would have cost besides
public record SmsView(
        long version,
        long windowSeconds,
        String mode,
        boolean paused,
        boolean autoReply,
        String sender,
        boolean real,
        int pending,
        int gathering,
        int waiting,
        int postponed,
        int running,
        @Nullable Instant nextDeadline,
        long latenessP99Ms,
        int unknown,
        int quarantined,
        long messages,
        long duplicates,
        long refused,
        long batches,
        long classifications,
        long replies,
        long savedCalls,
        long savedReplies) {
    /// Texts of a service that has had none yet.
    public static final SmsView NONE = new SmsView(
            0, 60, "fixed", false, false, "log", false, 0, 0, 0, 0, 0, null, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
