package dev.sluice.service.session;

import dev.sluice.model.session.SessionView;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a search for sessions asks for; null leaves a part open.
///
/// @param org only this tenant's
/// @param state `running` or `ended`
/// @param senderId only batches of texts of this sender
/// @param text occurs in the id, title, user, thread or request
/// @param from began then or later
/// @param to began before
/// @param before continues a page: only what comes after this place, newest first
/// @param limit most sessions returned
public record SessionFilter(
        @Nullable String org,
        @Nullable String kind,
        @Nullable String state,
        @Nullable String outcome,
        @Nullable String provider,
        @Nullable String requestId,
        @Nullable String threadId,
        @Nullable String senderId,
        @Nullable String text,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Place before,
        int limit) {
    /// Newest first.
    static final Comparator<SessionView> ORDER = Comparator.comparing(SessionView::createdAt)
            .thenComparing(SessionView::id)
            .reversed();

    /// Asks for the newest of a tenant, or of all if it is null.
    public static SessionFilter newest(@Nullable String org, int limit) {
        return new SessionFilter(org, null, null, null, null, null, null, null, null, null, null, null, limit);
    }

    /// Tells whether a session is asked for, as the store would.
    boolean admits(SessionView session) {
        return agrees(org, session.org())
                && agrees(kind, session.kind())
                && agrees(state, session.state())
                && agrees(outcome, session.outcome())
                && agrees(provider, session.provider())
                && agrees(requestId, session.requestId())
                && agrees(threadId, session.threadId())
                && (senderId == null || (session.kind().equals("sms") && senderId.equals(session.userId())))
                && (text == null || mentions(session, text))
                && (from == null || !session.createdAt().isBefore(from))
                && (to == null || session.createdAt().isBefore(to))
                && (before == null || before.precedes(session));
    }

    private static boolean agrees(@Nullable String wanted, @Nullable String there) {
        return wanted == null || wanted.equals(there);
    }

    private static boolean mentions(SessionView session, String text) {
        return Stream.of(session.id(), session.title(), session.userId(), session.threadId(), session.requestId())
                .map(part -> part == null ? "" : part)
                .map(SessionFilter::lower)
                .collect(Collectors.joining(" "))
                .contains(lower(text));
    }

    /// As SQLite does it: letters of ASCII alone.
    private static String lower(String text) {
        var lower = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter >= 'A' && letter <= 'Z') {
                lower.setCharAt(i, Character.toLowerCase(letter));
            }
        }
        return lower.toString();
    }

    /// A session's place in the order of all: by beginning, then id.
    public record Place(Instant createdAt, String id) {
        boolean precedes(SessionView session) {
            int times = session.createdAt().compareTo(createdAt);
            return times < 0 || (times == 0 && session.id().compareTo(id) < 0);
        }
    }
}
