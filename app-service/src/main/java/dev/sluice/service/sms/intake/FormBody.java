package dev.sluice.service.sms.intake;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A body of names and values, `application/x-www-form-urlencoded`, as it came: in its order, with names
/// that are given twice.
public record FormBody(List<Pair> pairs) {
    private static final int MOST_PAIRS = 1_000;

    /// One name and its value, decoded.
    public record Pair(String name, String value) {
        /// Describes the pair without its value, which may be personal data.
        @Override
        public String toString() {
            return "Pair[" + name + "]";
        }
    }

    public FormBody {
        pairs = List.copyOf(pairs);
    }

    /// Reads a body.
    ///
    /// @throws IntakeException if a percent sign is not followed by two hex digits, it is no UTF-8, or
    ///     there is too much in it
    public static FormBody read(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        var pairs = new ArrayList<Pair>();
        for (String pair : text.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            if (pairs.size() == MOST_PAIRS) {
                throw new IntakeException("the body", "has more than " + MOST_PAIRS + " fields");
            }
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            pairs.add(new Pair(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1))));
        }
        return new FormBody(pairs);
    }

    /// Returns the first value of a name; null if it is not there.
    public @Nullable String first(String name) {
        return pairs.stream()
                .filter(pair -> pair.name().equals(name))
                .map(Pair::value)
                .findFirst()
                .orElse(null);
    }

    private static String decoded(String text) {
        try {
            byte[] bytes = URLDecoder.decode(text, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException malformed) {
            throw new IntakeException("the body", "holds a malformed percent-encoding");
        } catch (CharacterCodingException malformed) {
            throw new IntakeException("the body", "is not valid UTF-8");
        }
    }
}
