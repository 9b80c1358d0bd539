package dev.sluice.service.provider;

/// Receives the text of one completion.
@FunctionalInterface
public interface Chunks {
    /// Takes the next piece of text; called in order on the thread that called [ChatProvider#stream].
    ///
    /// @param delta never empty
    void text(String delta);
}
