package dev.sluice.service.provider;

/// A chat model that can be asked for one streamed completion.
///
/// Implementations are thread-safe and hold nothing of a call once it has ended.
public interface ChatProvider {
    /// Returns the name clients choose it by, such as `perplexity`, `openai` or `mock`.
    String name();

    /// Tells whether answers are made up here instead of by a model.
    boolean simulated();

    /// Returns the model asked when a client names none.
    String defaultModel();

    /// Streams one completion on the calling thread and returns when it has ended well.
    ///
    /// Interrupting the thread aborts the upstream request within milliseconds. Whatever ends the call, the
    /// upstream connection is idle again or closed when this method is left. An unchecked exception thrown by
    /// `chunks` aborts the upstream request and is passed on.
    ///
    /// @param chunks receives the text as it comes, before this method returns
    /// @throws ProviderException if there is no complete answer; text delivered until then is a fragment
    /// @throws InterruptedException if the calling thread is interrupted before or during the call
    Completion stream(ChatRequest request, Chunks chunks) throws ProviderException, InterruptedException;
}
