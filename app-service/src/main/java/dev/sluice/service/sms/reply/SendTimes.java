package dev.sluice.service.sms.reply;

import java.time.Duration;

/// How long a provider may take.
///
/// @param connect until there is a connection
/// @param whole until the answer is complete
public record SendTimes(Duration connect, Duration whole) {
    /// What providers need at their worst.
    public static final SendTimes DEFAULT = new SendTimes(Duration.ofSeconds(5), Duration.ofSeconds(30));
}
