package dev.sluice.service.sms.intake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The fields of one text, checked one after the other. Thrown refusals name the first that is not
/// acceptable.
final class Fields {
    /// What is not acceptable.
    static final class BadFieldException extends Exception {
        private static final long serialVersionUID = 1;

        private final String field;

        BadFieldException(String field, String reason) {
            super(reason, null, false, false);
            this.field = field;
        }

        RefusedText at(int index, @Nullable String rawNumber) {
            return new RefusedText(index, field, String.valueOf(getMessage()), rawNumber);
        }
    }

    private Fields() {}

    /// Makes a text of its fields. Their names are those of the dialect.
    static ReceivedText text(String account, Field guid, Field number, Field text, @Nullable Instant providerTime)
            throws BadFieldException {
        String id = guid.required().strip();
        guid.check(!id.isEmpty(), "is empty");
        guid.check(id.length() <= IntakeLimits.GUID, "is longer than " + IntakeLimits.GUID + " characters");
        guid.check(id.codePoints().noneMatch(Fields::isUnprintable), "holds characters that cannot be printed");
        String sender = number.required();
        number.check(!sender.isBlank(), "is empty");
        number.check(sender.length() <= IntakeLimits.NUMBER, "is longer than " + IntakeLimits.NUMBER + " characters");
        number.check(sender.indexOf('\0') < 0, "holds NUL");
        String words = text.required();
        text.check(words.length() <= IntakeLimits.TEXT, "is longer than " + IntakeLimits.TEXT + " characters");
        text.check(words.indexOf('\0') < 0, "holds NUL");
        text.check(
                words.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE),
                "holds half a surrogate pair");
        return new ReceivedText(account, id, sender, words, providerTime);
    }

    private static boolean isUnprintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    /// @param value null if there is none
    /// @param wrongType whether there is a value that is no text
    record Field(String name, @Nullable String value, boolean wrongType) {
        static Field of(String name, @Nullable String value) {
            return new Field(name, value, false);
        }

        String required() throws BadFieldException {
            check(!wrongType, "must be a string");
            if (value == null) {
                throw new BadFieldException(name, "is missing");
            }
            return value;
        }

        void check(boolean good, String reason) throws BadFieldException {
            if (!good) {
                throw new BadFieldException(name, reason);
            }
        }
    }
}
