package dev.sluice.service.sms.text;

/// A sender that cannot be known under any form. The message says why and never repeats the sender.
public final class BadAddressException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    BadAddressException(String why) {
        super(why);
    }

    /// Returns why, as one clause that follows "the number ...".
    public String why() {
        return String.valueOf(getMessage());
    }
}
