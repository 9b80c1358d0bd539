package dev.sluice.service.thread;

import dev.sluice.service.coalesce.Clock;
import dev.sluice.service.provider.CallTools;
import dev.sluice.service.provider.OrgBudgets;
import dev.sluice.service.provider.RetryPolicy;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/// What every chat flight needs and none owns.
///
/// @param retries whether a failed call is made once more
/// @param random 0 to 1, for jitter
/// @param ids makes ids of messages and audit rows
/// @param contextMessages how many earlier messages a prompt takes at most
record ChatTools(
        ThreadRepository repository,
        NewestTurns newest,
        UnstoredTurns unstored,
        ChatMetrics metrics,
        ChatPolicy policy,
        OrgBudgets budgets,
        RetryPolicy retries,
        DoubleSupplier random,
        Clock clock,
        Supplier<String> ids,
        int contextMessages) {
    /// Returns what a call to the provider needs of it.
    CallTools calls() {
        return new CallTools(retries, random, clock, policy::callsAllowed);
    }
}
