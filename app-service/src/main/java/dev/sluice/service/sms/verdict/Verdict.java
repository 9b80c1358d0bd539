package dev.sluice.service.sms.verdict;

import org.jspecify.annotations.Nullable;

/// What a batch means and how that is known. Holds nothing of the texts.
///
/// @param why what made it this method, such as the provider's failure; null if there is nothing to say
/// @param model which model answered; null unless a provider did
public record Verdict(
        Label label,
        Method method,
        @Nullable String why,
        @Nullable String model) {}
