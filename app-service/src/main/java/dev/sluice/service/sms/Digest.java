package dev.sluice.service.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Compares texts without keeping them.
final class Digest {
    private Digest() {}

    /// Returns the first half of the SHA-256 of a text without its outer white space, in hexadecimal.
    static String of(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.strip().getBytes(UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
