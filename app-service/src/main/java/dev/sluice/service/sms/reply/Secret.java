package dev.sluice.service.sms.reply;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// A provider's key. It never shows itself.
final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /// @param variable where it came from, for the error
    /// @throws IllegalArgumentException unless it is printable ASCII without spaces
    static Secret of(String variable, String value) {
        String secret = value.strip();
        if (secret.isEmpty() || !secret.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new IllegalArgumentException(variable + " must be printable ASCII without spaces");
        }
        return new Secret(secret);
    }

    String value() {
        return value;
    }

    byte[] bytes() {
        return value.getBytes(StandardCharsets.US_ASCII);
    }

    /// Returns the header's value by which `user` proves itself (RFC 7617).
    String basic(String user) {
        byte[] pair = (user + ":" + value).getBytes(StandardCharsets.US_ASCII);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    String redact(String text) {
        return text.replace(value, "[redacted]");
    }

    @Override
    public String toString() {
        return "Secret[hidden]";
    }
}
