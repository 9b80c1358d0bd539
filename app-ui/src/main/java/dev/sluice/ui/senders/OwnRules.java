package dev.sluice.ui.senders;

import dev.sluice.model.sms.SenderView;
import org.jspecify.annotations.Nullable;

/// What holds for one sender instead of the settings.
///
/// @param window such as `90s`; empty to follow them
/// @param autoReply null to follow them
record OwnRules(String window, @Nullable Boolean autoReply) {
    static OwnRules of(SenderView sender) {
        var seconds = sender.ownWindowSeconds();
        return new OwnRules(seconds == null ? "" : seconds + "s", sender.ownAutoReply());
    }
}
