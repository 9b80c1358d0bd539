package dev.sluice.service.sms.reply;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What is known of a reply after an attempt to send it. Reasons are for operators: one line, without
/// secrets, full numbers and texts.
public sealed interface Delivery {
    /// The provider took it.
    ///
    /// @param providerId the provider's id, by which its later reports are matched; null if it gave none
    record Sent(@Nullable String providerId) implements Delivery {}

    /// The provider said no. The same reply would be refused again.
    record Refused(String reason) implements Delivery {}

    /// The provider may have taken it. To send it again could send it twice.
    record Unknown(String reason) implements Delivery {}

    /// The provider cannot have taken it. It may be sent again, under the same id.
    ///
    /// @param retryAfter when the provider wants to be asked again; null if it did not say
    record NotDelivered(String reason, @Nullable Duration retryAfter) implements Delivery {}
}
