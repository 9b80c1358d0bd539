package dev.sluice.model.ops;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One thing that can go wrong, and whether it does: disk, provider, readers that never read, pages that poke.
///
/// @param name what is watched, `store`, `provider.perplexity`, `readers-dropped`, `browser-refused`
/// @param level `ok`, `notice`, `warning` or `critical`
/// @param detail what an operator should know, in a sentence; never personal data
/// @param count how often it happened since start
/// @param lastAt when it happened last; null if it never did
public record ConditionView(
        String name,
        String level,
        String detail,
        long count,
        @Nullable Instant lastAt) {
    /// Returns whether an operator should look at it.
    public boolean alarming() {
        return level.equals("warning") || level.equals("critical");
    }
}
