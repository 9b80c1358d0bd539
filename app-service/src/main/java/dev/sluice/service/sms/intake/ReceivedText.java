package dev.sluice.service.sms.intake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One text as a provider delivered it. Its parts are within the limits of [IntakeLimits].
///
/// @param account the dialect that it came by
/// @param guid the provider's id of the text, the same at every delivery of it
/// @param rawNumber the sender as the provider wrote it
/// @param providerTime when the provider says that it came; null if it says nothing that can be read
public record ReceivedText(
        String account,
        String guid,
        String rawNumber,
        String text,
        @Nullable Instant providerTime) {
    /// Describes the text without number and words, which are personal data.
    @Override
    public String toString() {
        return "ReceivedText[account=" + account + ", chars=" + text.length() + ", at=" + providerTime + "]";
    }
}
