package dev.sluice.service.replay;

import org.jspecify.annotations.Nullable;

/// The answer to a client's cursor: where reading goes on, and what the client must be told first.
///
/// @param cursor placed after what the client already has; the caller closes it
/// @param reset why the client's cursor was not usable (`garbage`, `epoch`, `future`), so that all is replayed;
///     null if it was
/// @param atEnd whether the log has ended and the client has all of it
public record Opening(Cursor cursor, @Nullable String reset, boolean atEnd) {}
