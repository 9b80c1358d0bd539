package dev.sluice.service.sms.intake;

import dev.sluice.service.sms.sign.TimedSignature;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Checks [TimedSignature]s. A request that is heard again within the skew passes; its text is known by
/// its GUID.
///
/// Every secret is tried against every signature, and each comparison takes the same time wherever they
/// differ. Immutable, thread-safe.
public final class TimedSignatureCheck {
    /// How far the clocks of both sides, and the way, may be apart.
    public static final Duration SKEW = Duration.ofMinutes(5);

    private static final Pattern TIMESTAMP = Pattern.compile("[0-9]{1,12}");
    private static final Pattern SIGNATURE = Pattern.compile("v1=[0-9a-fA-F]{64}");

    private final WebhookSecrets secrets;
    private final String timestampHeader;
    private final List<String> signatureHeaders;

    private TimedSignatureCheck(WebhookSecrets secrets, String timestampHeader, List<String> signatureHeaders) {
        this.secrets = secrets;
        this.timestampHeader = timestampHeader;
        this.signatureHeaders = signatureHeaders;
    }

    /// Checks what SMSMobileAPI sends; while it changes its secret it signs with the next one, too.
    public static TimedSignatureCheck smsMobileApi(WebhookSecrets secrets) {
        return new TimedSignatureCheck(
                secrets,
                "X-SMSMobileAPI-Timestamp",
                List.of("X-SMSMobileAPI-Signature", "X-SMSMobileAPI-Signature-Next"));
    }

    /// Checks what others send to the generic webhook, and what a service like this one posts.
    public static TimedSignatureCheck generic(WebhookSecrets secrets) {
        return new TimedSignatureCheck(secrets, "X-Sluice-Timestamp", List.of("X-Sluice-Signature"));
    }

    /// Checks a request.
    ///
    /// @param header a header's value by its name, in any case
    /// @param body the raw bytes, before anything is read from them
    public SignatureCheck verify(Function<String, Optional<String>> header, byte[] body, Instant now) {
        Optional<String> timestamp = header.apply(timestampHeader).map(String::strip);
        List<String> signatures = new ArrayList<>();
        for (String name : signatureHeaders) {
            header.apply(name)
                    .map(String::strip)
                    .filter(value -> !value.isEmpty())
                    .ifPresent(signatures::add);
        }
        if (timestamp.isEmpty() || signatures.isEmpty()) {
            return SignatureCheck.MISSING;
        }
        if (!TIMESTAMP.matcher(timestamp.get()).matches()
                || !signatures.stream()
                        .allMatch(value -> SIGNATURE.matcher(value).matches())) {
            return SignatureCheck.MALFORMED;
        }
        Duration apart = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp.get())), now)
                .abs();
        if (apart.compareTo(SKEW) > 0) {
            return SignatureCheck.STALE;
        }
        return matches(timestamp.get(), signatures, body) ? SignatureCheck.GOOD : SignatureCheck.WRONG;
    }

    private boolean matches(String timestamp, List<String> signatures, byte[] body) {
        boolean matches = false;
        for (byte[] secret : secrets.all()) {
            byte[] expected = ascii(TimedSignature.of(secret, timestamp, body));
            for (String signature : signatures) {
                matches |= MessageDigest.isEqual(expected, ascii(signature.toLowerCase(Locale.ROOT)));
            }
        }
        return matches;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
