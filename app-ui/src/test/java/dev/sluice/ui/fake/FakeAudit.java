package dev.sluice.ui.fake;

import dev.sluice.model.ops.AuditView;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The audit of a [FakeService]: the sample's entries, and behind them as many older ones as make three pages.
final class FakeAudit {
    private static final long OLDER = 240;

    private FakeAudit() {}

    static AuditView page(@Nullable String query, Instant now) {
        var asked = parameters(query == null ? "" : query);
        int limit = Integer.parseInt(asked.getOrDefault("limit", "50"));
        long before = Long.parseLong(asked.getOrDefault("before", "999999"));
        var found = all(now).filter(entry -> entry.id() < before)
                .filter(entry -> asked.getOrDefault("actor", entry.actor()).equals(entry.actor()))
                .filter(entry -> asked.getOrDefault("action", entry.action()).equals(entry.action()))
                .filter(entry -> asked.getOrDefault("subject", entry.subject()).equals(entry.subject()))
                .limit(limit + 1L)
                .toList();
        boolean more = found.size() > limit;
        var shown = more ? found.subList(0, limit) : found;
        return new AuditView(
                shown, more ? Long.valueOf(shown.getLast().id()) : null, new AuditView.Chain(true, 244, null));
    }

    private static Stream<AuditView.Entry> all(Instant now) {
        List<AuditView.Entry> latest = Samples.audit(now).entries();
        return Stream.concat(
                latest.stream().map(entry -> numbered(entry, entry.id() + OLDER)),
                LongStream.range(0, OLDER)
                        .mapToObj(i -> new AuditView.Entry(
                                OLDER - i,
                                now.minusSeconds(20_000 + i * 60),
                                i % 3 == 0 ? "ben" : "anna",
                                i % 5 == 0 ? "flight.cancelled" : "setting.changed",
                                i % 5 == 0 ? "f-01j9" + i : "OPENAI_RPS",
                                i % 5 == 0 ? null : "20",
                                i % 5 == 0 ? null : Long.toString(i),
                                null)));
    }

    private static AuditView.Entry numbered(AuditView.Entry entry, long id) {
        return new AuditView.Entry(
                id,
                entry.at(),
                entry.actor(),
                entry.action(),
                entry.subject(),
                entry.before(),
                entry.after(),
                entry.reason());
    }

    private static Map<String, String> parameters(String query) {
        var parameters = new HashMap<String, String>();
        for (var part : query.split("&", -1)) {
            int at = part.indexOf('=');
            if (at > 0) {
                parameters.put(part.substring(0, at), part.substring(at + 1));
            }
        }
        return parameters;
    }
}
