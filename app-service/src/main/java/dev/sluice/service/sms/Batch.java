package dev.sluice.service.sms;

import dev.sluice.service.sms.text.Address;
import dev.sluice.service.sms.text.ConsentWord;
import dev.sluice.service.sms.text.JoinedText;
import dev.sluice.service.sms.verdict.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The texts of a window that closed, and what was done about them so far.
///
/// @param consent the word that the window's only text is; null if it is none
/// @param texts in the order in which they were said
/// @param asked whether the provider was asked, or was about to be when the process died
/// @param verdict null before there is one
/// @param reply null before one was intended
/// @param session where its handling was last told; null before it began
record Batch(
        String id,
        String org,
        Sender sender,
        Times times,
        String closeReason,
        @Nullable ConsentWord consent,
        List<Text> texts,
        boolean asked,
        @Nullable Verdict verdict,
        @Nullable StoredReply reply,
        @Nullable String session) {
    /// Returns the texts that count, joined as they are classified.
    String joined() {
        return JoinedText.join(texts.stream()
                .filter(text -> text.twinOf() == null)
                .map(Text::body)
                .flatMap(Optional::stream)
                .toList());
    }

    /// Who wrote.
    ///
    /// @param optedOut whether it does not want replies
    /// @param held whether an operator holds its replies
    /// @param ownAutoReply whether it is answered, instead of what the settings say; null to follow them
    record Sender(
            String id,
            Address address,
            boolean optedOut,
            boolean held,
            @Nullable Boolean ownAutoReply) {}

    /// When what happened.
    record Times(Instant openedAt, Instant deadlineAt, Instant closedAt) {}

    /// A text of it.
    ///
    /// @param body empty once it was forgotten
    /// @param twinOf the text that it repeats; null if it counts
    record Text(
            String id,
            Instant saidAt,
            Optional<String> body,
            @Nullable String twinOf) {}
}
