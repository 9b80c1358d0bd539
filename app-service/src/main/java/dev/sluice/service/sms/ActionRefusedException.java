package dev.sluice.service.sms;

/// An operator's action that does not fit what is so now; nothing changed.
public final class ActionRefusedException extends RuntimeException {
    private final boolean unknown;

    private ActionRefusedException(String message, boolean unknown) {
        super(message);
        this.unknown = unknown;
    }

    static ActionRefusedException noSender() {
        return new ActionRefusedException("No such sender.", true);
    }

    static ActionRefusedException noBatch() {
        return new ActionRefusedException("No such batch.", true);
    }

    static ActionRefusedException conflict(String message) {
        return new ActionRefusedException(message, false);
    }

    /// Returns whether there is nothing of that id.
    public boolean unknown() {
        return unknown;
    }
}
