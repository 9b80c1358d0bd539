package dev.sluice.service.coalesce;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Says which requests are the same: a SHA-256 over named, framed fields.
///
/// Each field is framed by the lengths of its name and value, so no value can pass for another field.
/// Absent and empty differ. JSON values are hashed in canonical form ([CanonicalJson]).
///
/// @param hash 64 hex digits
public record FlightKey(String hash) {
    /// Starts a key.
    ///
    /// @param version names the set of fields; change it whenever their meaning changes
    public static Builder of(String version) {
        return new Builder(version);
    }

    /// Returns the first 12 digits, enough to tell keys apart on a screen.
    public String abbreviated() {
        return hash.substring(0, 12);
    }

    /// Collects fields. Not thread-safe.
    public static final class Builder {
        private final MessageDigest digest;

        private Builder(String version) {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
            framed(version);
        }

        /// Adds a field of text; null means absent.
        public Builder field(String name, @Nullable String value) {
            framed(name);
            if (value == null) {
                digest.update((byte) 0);
            } else {
                digest.update((byte) 1);
                framed(value);
            }
            return this;
        }

        /// Adds a field of JSON in canonical form.
        public Builder json(String name, JsonNode value) {
            framed(name);
            digest.update((byte) 2);
            CanonicalJson.update(digest, value);
            return this;
        }

        /// Returns the key; the builder must not be used again.
        public FlightKey build() {
            return new FlightKey(HexFormat.of().formatHex(digest.digest()));
        }

        private void framed(String text) {
            byte[] bytes = CanonicalJson.chars(text);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            digest.update(bytes);
        }
    }
}
