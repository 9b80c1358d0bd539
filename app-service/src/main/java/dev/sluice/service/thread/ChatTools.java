package dev.sluice.service.thread;

import dev.sluice.service.coalesce.Clock;
import java.util.function.Supplier;

/// What every chat flight needs and none owns.
///
/// @param ids makes ids of messages and audit rows
/// @param contextMessages how many earlier messages a prompt takes at most
record ChatTools(
        ThreadRepository repository,
        NewestTurns newest,
        ChatMetrics metrics,
        Clock clock,
        Supplier<String> ids,
        int contextMessages) {}
