package dev.sluice.model.sms;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything of one sender that operators act on.
///
/// @param address masked
/// @param region the two letters of a number's country; null if it has none
/// @param held whether its replies are held
/// @param optedOutAt since when it wants no replies; null if it takes them
/// @param ownWindowSeconds its own window, instead of the settings'; null to follow them
/// @param ownAutoReply whether it is answered, instead of what the settings say; null to follow them
/// @param undo what `undo` would take back; null if nothing
/// @param pending the texts of the window that gathers, or else waits, in their order; empty if none does
/// @param windowId that window; null if there is none
/// @param state that window's state; null if there is none
/// @param deadlineAt that window's deadline; null if there is none
/// @param joined what would be classified; null if the caller may not see texts, or nothing waits
/// @param batches the latest batches, newest first
public record SenderView(
        String senderId,
        String org,
        String address,
        String kind,
        @Nullable String region,
        boolean held,
        @Nullable Instant optedOutAt,
        @Nullable Long ownWindowSeconds,
        @Nullable Boolean ownAutoReply,
        @Nullable String undo,
        @Nullable String windowId,
        @Nullable String state,
        @Nullable Instant deadlineAt,
        List<TextView> pending,
        @Nullable String joined,
        List<BatchView> batches) {
    public SenderView {
        pending = List.copyOf(pending);
        batches = List.copyOf(batches);
    }
}
