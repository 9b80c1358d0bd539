package dev.sluice.service.sms.reply;

/// Sends replies, one attempt each: whether to try again is decided by whoever stored the intent.
/// Thread-safe.
public interface ReplySender {
    /// Returns the name by which it is chosen, `twilio`.
    String name();

    /// Returns whether anything leaves the house; if not, `Sent` means that there is nothing more to do.
    boolean real();

    /// Sends a reply and waits for what comes of it, a bounded time. Interrupted, it returns at once, and
    /// the thread stays interrupted.
    Delivery send(Reply reply);
}
