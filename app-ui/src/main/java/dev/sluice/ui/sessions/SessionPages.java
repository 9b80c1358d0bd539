package dev.sluice.ui.sessions;

import dev.sluice.model.session.SessionList;
import dev.sluice.model.session.SessionView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The pages of the list that were read so far, newest first. Confined to the FX thread.
final class SessionPages {
    private static final Comparator<SessionView> NEWEST_FIRST = Comparator.comparing(SessionView::createdAt)
            .thenComparing(SessionView::id)
            .reversed();

    private List<SessionView> sessions = List.of();
    private @Nullable String next;

    List<SessionView> sessions() {
        return sessions;
    }

    /// Returns the cursor of the page after the last one; null if there is none.
    @Nullable
    String next() {
        return next;
    }

    /// Begins anew with a page.
    void replace(SessionList page) {
        sessions = page.sessions();
        next = page.next();
    }

    /// Adds the page after the last one.
    void append(SessionList page) {
        var all = new ArrayList<>(sessions);
        all.addAll(page.sessions());
        sessions = List.copyOf(all);
        next = page.next();
    }

    /// Takes in the newest page as it is now, and keeps what was read beyond it.
    void renew(SessionList page) {
        if (page.next() == null || page.sessions().isEmpty()) {
            replace(page);
            return;
        }
        var last = page.sessions().getLast();
        var older = sessions.stream()
                .filter(each -> NEWEST_FIRST.compare(each, last) > 0)
                .toList();
        if (older.isEmpty()) {
            replace(page);
            return;
        }
        Set<String> seen = new HashSet<>();
        var all = new ArrayList<SessionView>();
        page.sessions().stream().filter(each -> seen.add(each.id())).forEach(all::add);
        older.stream().filter(each -> seen.add(each.id())).forEach(all::add);
        sessions = List.copyOf(all);
    }
}
