package dev.sluice.service.sms.intake;

import org.jspecify.annotations.Nullable;

/// One text that cannot be taken.
///
/// @param index its place in the payload, from 0
/// @param field which of its fields is not acceptable
/// @param reason why, without repeating any value: "is missing"
/// @param rawNumber the sender, if that could be read; to be masked before it is shown
public record RefusedText(
        int index, String field, String reason, @Nullable String rawNumber) {
    /// Describes the refusal without the number, which is personal data.
    @Override
    public String toString() {
        return "RefusedText[" + index + ": " + field + " " + reason + "]";
    }
}
