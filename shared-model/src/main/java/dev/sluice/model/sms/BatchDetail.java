package dev.sluice.model.sms;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A batch with its texts.
///
/// @param reply the reply's text; null if none was intended, the caller may not see it, or it was forgotten
public record BatchDetail(
        BatchView batch, List<TextView> texts, @Nullable String reply) {
    public BatchDetail {
        texts = List.copyOf(texts);
    }
}
