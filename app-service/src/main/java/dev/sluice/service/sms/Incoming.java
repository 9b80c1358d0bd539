package dev.sluice.service.sms;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A text as a provider delivers it, well formed and not yet understood.
///
/// @param index its place in the delivery, from 0
/// @param number as the provider writes the sender; personal data
/// @param text personal data
/// @param providerTime when the provider got it, by its own clock; null if it does not say
public record Incoming(
        int index,
        String guid,
        String number,
        String text,
        @Nullable Instant providerTime) {}
