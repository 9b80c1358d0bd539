package dev.sluice.service.coalesce;

/// Thrown to a listener that was told to leave while it waited.
public final class LeftException extends Exception {
    private static final long serialVersionUID = 1;

    private final Leave why;

    LeftException(Leave why) {
        super("the listener left: " + why);
        this.why = why;
    }

    public Leave why() {
        return why;
    }
}
