package dev.sluice.service.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A token just made: the only moment its text exists. Its text form hides it.
///
/// @param text what the caller shows: `slc_` and 256 random bits, base64url
/// @param row what is stored of it
public record FreshToken(String text, TokenRow row) {
    private static final int BITS = 256;

    /// Makes a token; the caller stores the row.
    ///
    /// @param org the only org it works for; null means all
    /// @param expiresAt when it stops working; null means never
    public static FreshToken make(
            SecureRandom random,
            String owner,
            Role role,
            @Nullable String org,
            Instant createdAt,
            @Nullable Instant expiresAt) {
        var secret = new byte[BITS / 8];
        random.nextBytes(secret);
        var id = new byte[6];
        random.nextBytes(id);
        String text = "slc_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        var row = new TokenRow(
                "tok_" + HexFormat.of().formatHex(id),
                sha256(text),
                owner,
                role.wireName(),
                org,
                createdAt,
                expiresAt,
                null,
                null);
        return new FreshToken(text, row);
    }

    /// Returns what is stored instead of a token's text.
    static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "FreshToken[id=" + row.id() + "]";
    }
}
