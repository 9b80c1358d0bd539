package dev.sluice.service.ops;

import dev.sluice.model.ops.AuditView;
import dev.sluice.service.store.Row;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Verifies audit entries in order: each one's SHA-256 covers the hash before and its own fields, each
/// with its length in front, so that no two entries hash the same bytes. Not thread-safe.
final class AuditChain {
    /// What the first entry names as the hash before it.
    static final String START = "0".repeat(64);

    private long verified;
    private String newest = START;

    /// Returns the id of the last entry that was accepted; 0 before the first.
    long verified() {
        return verified;
    }

    /// Returns the hash of that entry.
    String newest() {
        return newest;
    }

    /// Returns whether `link` is the next of the chain, and takes it if so.
    boolean accept(Link link) {
        var entry = link.entry;
        if (entry.id() != verified + 1 || !link.previous.equals(newest) || !link.hash.equals(hash(newest, entry))) {
            return false;
        }
        verified = entry.id();
        newest = link.hash;
        return true;
    }

    /// Returns the hash (hex) of an entry that follows one with the hash `previous`.
    static String hash(String previous, AuditView.Entry entry) {
        var digest = sha256();
        add(digest, previous);
        add(digest, String.valueOf(entry.id()));
        add(digest, String.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, entry.at())));
        add(digest, entry.actor());
        add(digest, entry.action());
        add(digest, entry.subject());
        add(digest, entry.before());
        add(digest, entry.after());
        add(digest, entry.reason());
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, @Nullable String field) {
        var bytes = field == null ? new byte[0] : field.getBytes(StandardCharsets.UTF_8);
        digest.update(
                ByteBuffer.allocate(4).putInt(field == null ? -1 : bytes.length).array());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// @param previous the hash this entry says it follows
    /// @param hash the hash stored with it
    record Link(AuditView.Entry entry, String previous, String hash) {
        static Link of(Row row) {
            return new Link(AuditRepository.entry(row), row.text("prev_hash"), row.text("hash"));
        }
    }
}
