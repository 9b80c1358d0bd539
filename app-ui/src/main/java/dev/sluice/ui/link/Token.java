package dev.sluice.ui.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A bearer token that cannot be printed by accident.
public final class Token {
    private final String secret;

    private Token(String secret) {
        this.secret = secret;
    }

    /// Wraps a token.
    ///
    /// @throws IllegalArgumentException if it could not be sent in a header
    public static Token of(String secret) {
        if (secret.isEmpty() || !secret.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("a token is one line of printable ASCII without spaces");
        }
        return new Token(secret);
    }

    /// Reads a token from a file that holds nothing else.
    ///
    /// @throws IOException if it cannot be read, or holds no token; the message is fit for the operator
    public static Token read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("cannot read the token file " + file);
        }
        try {
            return of(Files.readString(file).strip());
        } catch (IllegalArgumentException e) {
            throw new IOException("the token file " + file + " holds no token: " + e.getMessage(), e);
        }
    }

    String authorization() {
        return "Bearer " + secret;
    }

    @Override
    public String toString() {
        return "Token[hidden]";
    }
}
