package dev.sluice.service.sms;

import java.time.Instant;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Which batches are wanted; null stands for any.
///
/// @param state `open` to `dropped`
/// @param outcome SENT, REFUSED, UNKNOWN or SUPPRESSED
/// @param from opened at that time or later
/// @param to opened before that time
/// @param before ids before this one: the cursor
record BatchQuery(
        @Nullable String org,
        @Nullable String senderId,
        @Nullable String state,
        @Nullable String outcome,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String before,
        int limit) {
    /// Tells each condition with its parameter.
    void conditions(BiConsumer<String, Object> each) {
        tell(each, "w.org = ?", org);
        tell(each, "w.sender_id = ?", senderId);
        tell(each, "w.state = ?", state);
        tell(each, "w.outcome = ?", outcome);
        tell(each, "w.opened_at >= ?", from);
        tell(each, "w.opened_at < ?", to);
        tell(each, "w.id < ?", before);
    }

    private static void tell(BiConsumer<String, Object> each, String condition, @Nullable Object value) {
        if (value != null) {
            each.accept(condition, value);
        }
    }
}
