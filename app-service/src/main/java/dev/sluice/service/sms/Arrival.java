package dev.sluice.service.sms;

import dev.sluice.service.sms.text.Address;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A text that arrived and is acceptable.
///
/// @param account the dialect it came by; a guid is unique within it
/// @param org whose text it is
/// @param guid the provider's name for it
/// @param text as it was written; personal data
/// @param providerTime when the provider got it, by its own clock; null if it does not say
public record Arrival(
        String account,
        String org,
        String guid,
        Address from,
        String text,
        @Nullable Instant providerTime) {
    /// Describes it without personal data.
    @Override
    public String toString() {
        return "Arrival[" + account + ", " + from + ", " + text.length() + " characters]";
    }
}
