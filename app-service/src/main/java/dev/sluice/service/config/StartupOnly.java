package dev.sluice.service.config;

import java.util.Optional;
import java.util.regex.Pattern;

/// Names that count at the start only: addresses, keys, secrets. Operators can neither read nor change
/// them.
public final class StartupOnly {
    private static final Pattern NAMES = Pattern.compile("SLUICE_[A-Z_]+|MOCK_[A-Z0-9_]+|[A-Z0-9_]+_(BASE_URL|MODEL)"
            + "|([A-Z0-9_]+_)?(API_KEY|KEY|TOKEN|SECRET|SECRETS|PASSWORD|SID)"
            + "|SMS_SENDER|SMS_HTTP_URL|TWILIO_FROM|TWILIO_STATUS_CALLBACK_URL|BATCH_WEBHOOK_URL"
            + "|[A-Z]+_WEBHOOK_(ORG|URL)|CORS_ALLOWED_ORIGINS|MAX_CONTEXT_MESSAGES|DEFAULT_PROVIDER");

    private StartupOnly() {}

    /// Says why a name is no live setting; empty if it is not known as one of the start.
    public static Optional<String> why(String name) {
        if (name.equals(SettingCatalog.LINGER)) {
            return Optional.of("LINGER sets both LINGER_PLAIN and LINGER_STREAM at the start; name one of them here.");
        }
        return NAMES.matcher(name).matches()
                ? Optional.of(name + " counts at the start only and cannot be read or changed here:"
                        + " set it in the environment and start the service anew.")
                : Optional.empty();
    }
}
