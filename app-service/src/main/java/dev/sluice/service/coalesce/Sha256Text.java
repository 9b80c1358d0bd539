package dev.sluice.service.coalesce;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A SHA-256 over many small pieces, which it is fed in few large ones. Not thread-safe.
final class Sha256Text {
    private static final int GATHERED_BYTES = 512;
    /// Copied for each text: looking for the algorithm takes longer than hashing a short one.
    private static final MessageDigest EMPTY = sha256();

    private final MessageDigest digest;
    private final ByteBuffer gathered = ByteBuffer.allocate(GATHERED_BYTES);

    Sha256Text() {
        try {
            digest = (MessageDigest) EMPTY.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's own SHA-256 can be copied", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    void put(int octet) {
        room(1).put((byte) octet);
    }

    void putInt(int value) {
        room(Integer.BYTES).putInt(value);
    }

    /// Adds a text's UTF-16 units: UTF-8 would turn every lone surrogate, which JSON allows, into the
    /// same `?`.
    void putUnits(String text) {
        int bytes = text.length() * Character.BYTES;
        if (bytes <= GATHERED_BYTES) {
            ByteBuffer room = room(bytes);
            for (int i = 0; i < text.length(); i++) {
                room.putChar(text.charAt(i));
            }
        } else {
            ByteBuffer units = ByteBuffer.allocate(bytes);
            units.asCharBuffer().put(text.toCharArray()); // several times as fast as put(text)
            putAll(units.array());
        }
    }

    void putAll(byte[] bytes) {
        if (bytes.length <= GATHERED_BYTES) {
            room(bytes.length).put(bytes);
        } else {
            flush();
            digest.update(bytes);
        }
    }

    /// Returns the hash in hex digits; nothing can be added afterwards.
    String hex() {
        flush();
        return HexFormat.of().formatHex(digest.digest());
    }

    private ByteBuffer room(int bytes) {
        if (gathered.remaining() < bytes) {
            flush();
        }
        return gathered;
    }

    private void flush() {
        digest.update(gathered.array(), 0, gathered.position());
        gathered.clear();
    }
}
