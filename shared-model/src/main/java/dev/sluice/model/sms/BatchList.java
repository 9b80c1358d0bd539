package dev.sluice.model.sms;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Batches, the newest first.
///
/// @param next the `cursor` of the next page; null if this is the last
public record BatchList(List<BatchView> batches, @Nullable String next) {
    public BatchList {
        batches = List.copyOf(batches);
    }
}
