package dev.sluice.model.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of sessions, newest first.
///
/// @param next the cursor of the next page, for `?cursor=`; null if this is the last
public record SessionList(
        List<SessionView> sessions, @Nullable String next) {
    public SessionList {
        sessions = List.copyOf(sessions);
    }
}
