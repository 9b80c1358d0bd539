package dev.sluice.service.coalesce;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Says which requests are the same: a SHA-256 over named, framed fields.
///
/// Each field is framed by the lengths of its name and value, so no value can pass for another field.
/// Absent and empty differ. JSON values are hashed in canonical form ([CanonicalJson]). Hashes of JSON are
/// stored and compared after an update: their form must not change. Text that one byte a character can
/// hold is hashed as such, all other as UTF-16: the hash is most of a key's cost.
///
/// @param hash 64 hex digits
public record FlightKey(String hash) {
    private static final int ABSENT = 0; // what a field's value is
    private static final int TEXT = 1;
    private static final int JSON = 2;
    private static final int LATIN = 3;

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
        private final Sha256Text digest = new Sha256Text();

        private Builder(String version) {
            framed(version);
        }

        /// Adds a field of text; null means absent.
        public Builder field(String name, @Nullable String value) {
            framed(name);
            if (value == null) {
                digest.put(ABSENT);
                return this;
            }
            byte[] latin = value.getBytes(StandardCharsets.ISO_8859_1);
            if (new String(latin, StandardCharsets.ISO_8859_1).equals(value)) {
                digest.put(LATIN);
                digest.putInt(latin.length);
                digest.putAll(latin);
            } else {
                digest.put(TEXT);
                framed(value);
            }
            return this;
        }

        /// Adds a field of JSON in canonical form.
        public Builder json(String name, JsonNode value) {
            framed(name);
            digest.put(JSON);
            CanonicalJson.update(digest, value);
            return this;
        }

        /// Returns the key; the builder must not be used again.
        public FlightKey build() {
            return new FlightKey(digest.hex());
        }

        private void framed(String text) {
            digest.putInt(text.length() * Character.BYTES);
            digest.putUnits(text);
        }
    }
}
