package dev.sluice.service.sms.text;

import org.jspecify.annotations.Nullable;

/// Whom a text came from, in the one form under which a sender is known. Immutable.
///
/// @param value `+639171234567` (E.164) for a number, digits for a short code, the name of an alphanumeric
///     sender as it came
/// @param region the two letters of a number's country; null if it is not known, and for all but numbers
public record Address(String value, Kind kind, @Nullable String region) {
    /// What can be done with an address.
    public enum Kind {
        /// A phone number, which can be answered.
        NUMBER,
        /// A short code of digits: a service, to which a reply may cost money or start a subscription.
        SHORT_CODE,
        /// A sender that is only a name; networks deliver nothing to it.
        ALPHANUMERIC
    }

    /// What stands before a sender's id where its address was, once it was forgotten.
    public static final String FORGOTTEN = "forgotten:";

    private static final int SHOWN_AT_END = 3;

    /// Returns whether a reply may be sent to it at all.
    public boolean answerable() {
        return kind == Kind.NUMBER && !forgotten();
    }

    /// Returns a form that tells addresses apart for people and betrays none: calling code and last three
    /// digits of a number (`+63*******567`), two characters of the others, `forgotten` for one
    /// that was forgotten. Fit to be printed.
    public String masked() {
        if (forgotten()) {
            return "forgotten";
        }
        return switch (kind) {
            case NUMBER -> masked(1 + CallingCode.length(value.substring(1)), SHOWN_AT_END);
            case SHORT_CODE -> masked(0, 2);
            case ALPHANUMERIC -> masked(2, 0);
        };
    }

    /// Describes the address masked: the value is personal data.
    @Override
    public String toString() {
        return "Address[" + masked() + ", " + kind + ", " + region + "]";
    }

    private boolean forgotten() {
        return value.startsWith(FORGOTTEN);
    }

    private String masked(int atStart, int atEnd) {
        int start = Math.min(atStart, value.length());
        int hidden = Math.max(0, value.length() - start - atEnd);
        String shown = value.substring(0, start)
                + "*".repeat(hidden)
                + value.substring(Math.max(start, value.length() - atEnd));
        return Printable.escape(shown, PhoneNumbers.LONGEST);
    }
}
