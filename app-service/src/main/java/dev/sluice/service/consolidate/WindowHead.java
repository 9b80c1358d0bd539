package dev.sluice.service.consolidate;

import java.time.Instant;

/// What the engine has to know of a window, as it was at some commit.
///
/// @param id unique for ever
/// @param key whose items it gathers; at most one window of a key is open or held
/// @param number its place among the windows of its key, from 1; they are processed in this order
/// @param deadline when it is due
public record WindowHead(String id, String key, int number, WindowState state, Instant deadline) {}
