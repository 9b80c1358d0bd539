package dev.sluice.service.provider;

/// A secret that proves who pays. It never shows itself: not in `toString`, not in an error.
public final class ApiKey {
    private final String value;

    private ApiKey(String value) {
        this.value = value;
    }

    /// Takes a key, without the white space around it.
    ///
    /// @param source names where it came from, for the error
    /// @throws IllegalArgumentException if it is empty or could not be sent in a header
    public static ApiKey of(String source, String value) {
        String key = value.strip();
        if (key.isEmpty() || !key.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new IllegalArgumentException(source + " must be printable ASCII without spaces");
        }
        return new ApiKey(key);
    }

    /// Returns the value of the `Authorization` header (RFC 6750).
    String bearer() {
        return "Bearer " + value;
    }

    /// Returns `text` without the key.
    String redact(String text) {
        return text.replace(value, "[redacted]");
    }

    @Override
    public String toString() {
        return "ApiKey[hidden]";
    }
}
