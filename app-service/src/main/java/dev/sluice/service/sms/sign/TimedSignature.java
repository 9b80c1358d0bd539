package dev.sluice.service.sms.sign;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// The signature of a body and the time it was signed at: `v1=` and the hexadecimal HMAC-SHA256 of the
/// seconds since 1970, a dot and the raw body. It is the rule of SMSMobileAPI's webhooks, version 2, and
/// of those that this service sends.
public final class TimedSignature {
    private static final String VERSION = "v1=";

    private TimedSignature() {}

    /// Returns a header's value.
    ///
    /// @param timestamp as it stands in its own header
    public static String of(byte[] secret, String timestamp, byte[] body) {
        byte[] stamped = (timestamp + ".").getBytes(StandardCharsets.UTF_8);
        return VERSION + HexFormat.of().formatHex(Hmac.SHA256.of(secret, stamped, body));
    }
}
