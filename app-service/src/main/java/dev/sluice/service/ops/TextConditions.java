package dev.sluice.service.ops;

import dev.sluice.model.ops.ConditionView;
import dev.sluice.model.sms.SmsView;
import java.util.List;

/// What can go wrong with texts, and whether it does.
final class TextConditions {
    /// A window that closes later than that was noticed by the person who waits.
    private static final long LATE_MS = 1_000;

    private TextConditions() {}

    /// Returns the conditions, in a fixed order.
    static List<ConditionView> look(SmsView texts) {
        return List.of(unknown(texts), quarantined(texts), late(texts), paused(texts));
    }

    private static ConditionView unknown(SmsView texts) {
        return texts.unknown() == 0
                ? well("replies-unknown", "Of every reply it is known whether it was sent.")
                : condition(
                        "replies-unknown",
                        "warning",
                        texts.unknown() + " replies may have been sent or not; look at the provider and settle them.",
                        texts.unknown());
    }

    private static ConditionView quarantined(SmsView texts) {
        return texts.quarantined() == 0
                ? well("batches-quarantined", "Every batch of texts could be handled.")
                : condition(
                        "batches-quarantined",
                        "warning",
                        texts.quarantined() + " batches of texts failed and were put aside.",
                        texts.quarantined());
    }

    private static ConditionView late(SmsView texts) {
        return texts.latenessP99Ms() <= LATE_MS
                ? well("windows-late", "Windows close in time.")
                : condition(
                        "windows-late",
                        "warning",
                        "Windows close " + texts.latenessP99Ms() + " ms after their deadlines (p99 of the latest).",
                        0);
    }

    private static ConditionView paused(SmsView texts) {
        return texts.paused()
                ? condition(
                        "texts-paused",
                        "notice",
                        "Texts are taken and kept; nothing is classified or answered. " + texts.pending()
                                + " senders wait.",
                        0)
                : well("texts-paused", "Windows close at their deadlines.");
    }

    private static ConditionView well(String name, String detail) {
        return condition(name, "ok", detail, 0);
    }

    private static ConditionView condition(String name, String level, String detail, long count) {
        return new ConditionView(name, level, detail, count, null);
    }
}
