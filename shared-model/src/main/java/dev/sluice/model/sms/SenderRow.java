package dev.sluice.model.sms;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A sender with texts that wait, and the window in which they do.
///
/// @param senderId opaque; no number is in it
/// @param address masked, `+63*******567`
/// @param kind `number`, `short_code` or `alphanumeric`
/// @param windowId the window shown: the one that gathers, else the oldest one that waits to be processed
/// @param state the window's: `open`, `held`, `closed` (waits for its turn) or `claimed` (in process)
/// @param texts how many it holds, twins included
/// @param openedAt when its first text arrived
/// @param latestAt when its latest did
/// @param deadlineAt when it is due; in the past for one that waits
/// @param waiting further windows of the sender that wait to be processed
/// @param held whether an operator holds the sender's replies
/// @param optedOut whether the sender wants no replies
/// @param undo what `undo` would take back: `hold`, `extend`, `drop` or `flush`; null if nothing
public record SenderRow(
        String senderId,
        String org,
        String address,
        String kind,
        String windowId,
        String state,
        int texts,
        Instant openedAt,
        Instant latestAt,
        Instant deadlineAt,
        int waiting,
        boolean held,
        boolean optedOut,
        @Nullable String undo) {}
