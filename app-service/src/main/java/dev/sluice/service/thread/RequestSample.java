package dev.sluice.service.thread;

import dev.sluice.model.ops.RequestView;

/// One finished chat request as the percentiles see it.
///
/// @param ttftMs arrival to first token, milliseconds; negative if there was none
/// @param failed whether the provider or the service failed it
record RequestSample(RequestView view, double ttftMs, boolean failed) {}
