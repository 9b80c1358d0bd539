package dev.sluice.service.sms.intake;

/// A payload of which nothing can be taken. The message names the field and never repeats a value.
public final class IntakeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String field;

    IntakeException(String field, String reason) {
        super(field + " " + reason);
        this.field = field;
    }

    /// Returns the field that is not acceptable.
    public String field() {
        return field;
    }
}
