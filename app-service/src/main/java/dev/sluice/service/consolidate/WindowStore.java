package dev.sluice.service.consolidate;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where windows are durable: the store decides, the engine only remembers when to ask it.
///
/// Every method is one transaction, or less, and short enough not to hold up other writers for more than
/// 20 ms at the sizes the engine asks for. Thread-safe. Any method may throw an unchecked exception when
/// the store is sick; then nothing of that call happened, or all of it did, and the engine asks again
/// later.
public interface WindowStore {
    /// Closes those of these windows that are open and due at that time.
    ///
    /// @return how all of them are now, closed or not
    List<WindowHead> close(List<String> ids, Instant now);

    /// Takes a closed window, or one that was taken when the process died, for processing.
    ///
    /// @param again whether this process took it before and put it off; that is not counted
    /// @return empty if it is in another state
    Optional<Claim> claim(String id, boolean again, Instant now);

    /// Puts a claimed window back to the closed ones, because processing failed.
    ///
    /// @param why the failure, without personal data
    /// @return how often it failed by now
    int failed(String id, String why, Instant now);

    /// Leaves a claimed window for an operator.
    ///
    /// @param why without personal data
    void quarantine(String id, String why, Instant now);

    /// Returns windows that are open, held, closed or claimed, by ids.
    ///
    /// @param after the id before the first one wanted; null for the first ones
    List<WindowHead> unfinished(@Nullable String after, int limit);

    /// Gives open windows another deadline, in the order of their ids. It does not say which: [#open] tells
    /// how they are then, while others write.
    ///
    /// @param after the id before the first one wanted; null for the first ones
    /// @param limit how many are looked at, at most, whether their deadline changes or not
    Redated redate(@Nullable String after, int limit, Redating how, Instant now);

    /// Returns windows that are open, by ids.
    ///
    /// @param after the id before the first one wanted; null for the first ones
    /// @param last the id of the last one wanted; null for all that follow
    List<WindowHead> open(@Nullable String after, @Nullable String last);

    /// A window that was taken.
    ///
    /// @param claims how often it was taken, this time included: more than once after a failure or a crash
    record Claim(WindowHead window, int claims) {}

    /// A step of redating.
    ///
    /// @param changed how many have another deadline now
    /// @param last the id to go on after; null if these were the last
    record Redated(int changed, @Nullable String last) {}

    /// How deadlines change.
    sealed interface Redating {
        /// As rules say, counted from when they were opened; windows whose key has rules of its own stay.
        record ByRules(WindowRules rules) implements Redating {}

        /// Due now, all.
        record DueNow() implements Redating {}

        /// None is further away than its window is long: the wall clock was moved back while no process
        /// watched.
        record WithinLength() implements Redating {}
    }
}
