package dev.sluice.service.sms.intake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// What a provider signs with: one secret, or two while one takes the place of the other. They never show
/// themselves. Immutable.
public final class WebhookSecrets {
    private static final int MOST = 2;

    private final List<byte[]> secrets;

    private WebhookSecrets(List<byte[]> secrets) {
        this.secrets = secrets;
    }

    /// Reads one secret, or two with a comma between them.
    ///
    /// @param variable where it came from, for the error
    /// @throws IllegalArgumentException if there is none, there are more than two, or one is not
    ///     printable ASCII without spaces
    public static WebhookSecrets of(String variable, String text) {
        List<String> parts =
                Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        boolean printable =
                parts.stream().allMatch(part -> !part.isEmpty() && part.chars().allMatch(c -> c > ' ' && c < 0x7F));
        if (!printable || parts.size() > MOST) {
            throw new IllegalArgumentException(
                    variable + " must be one secret of printable ASCII, or two with a comma between them");
        }
        return new WebhookSecrets(parts.stream()
                .map(part -> part.getBytes(StandardCharsets.US_ASCII))
                .toList());
    }

    /// Returns the secrets; not to be changed.
    List<byte[]> all() {
        return secrets;
    }

    @Override
    public String toString() {
        return "WebhookSecrets[hidden]";
    }
}
