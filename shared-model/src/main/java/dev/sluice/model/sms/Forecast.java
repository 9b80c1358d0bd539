package dev.sluice.model.sms;

/// What a window's new length would do to the windows that are open now, if it were applied to them.
///
/// @param windowSeconds the length asked about
/// @param mode `fixed` or `sliding`
/// @param open windows that are open
/// @param moved those whose deadline would change
/// @param due those that would close at once
public record Forecast(long windowSeconds, String mode, int open, int moved, int due) {}
