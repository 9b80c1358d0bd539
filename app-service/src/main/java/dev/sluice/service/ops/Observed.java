package dev.sluice.service.ops;

import dev.sluice.service.http.HttpCounts;
import dev.sluice.service.provider.Lanes;
import dev.sluice.service.session.Sessions;
import dev.sluice.service.store.Database;
import dev.sluice.service.thread.ChatMetrics;
import dev.sluice.service.thread.ThreadService;
import java.util.function.Supplier;

/// The parts of the service that operators look at.
///
/// @param http what the server counts
/// @param texts texts and their windows
public record Observed(
        ThreadService threads,
        Lanes lanes,
        ChatMetrics metrics,
        Sessions sessions,
        Database database,
        Supplier<HttpCounts> http,
        Texts texts) {}
