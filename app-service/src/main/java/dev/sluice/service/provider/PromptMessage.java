package dev.sluice.service.provider;

/// One message of a prompt.
///
/// @param role `system`, `user` or `assistant`
public record PromptMessage(String role, String content) {
    /// Describes the message without its text, which is personal data.
    @Override
    public String toString() {
        return "PromptMessage[role=" + role + ", chars=" + content.length() + "]";
    }
}
