package dev.sluice.service.http;

import com.fasterxml.jackson.databind.JsonNode;

/// Refuses values that are well-formed JSON but that nothing behind can keep: NUL and halves of surrogate pairs in
/// text, and numbers whose exponent alone would take gigabytes.
final class JsonValues {
    private static final int LARGEST_SCALE = 400;
    private static final int LONGEST_NAME = 100;

    private JsonValues() {}

    /// Checks every name and value below `tree`.
    ///
    /// @throws ApiException 422 naming the field
    static void check(JsonNode tree) {
        check("", tree);
    }

    private static void check(String at, JsonNode node) {
        if (node.isObject()) {
            node.properties().forEach(entry -> {
                String name = at.isEmpty() ? entry.getKey() : at + "." + entry.getKey();
                if (name.length() > LONGEST_NAME + at.length()) {
                    throw ApiException.unprocessable(at.isEmpty() ? null : at, "a field's name is too long");
                }
                checkText(at, entry.getKey());
                check(name, entry.getValue());
            });
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                check(at + "[" + i + "]", node.get(i));
            }
        } else if (node.isTextual()) {
            checkText(at, node.textValue());
        } else if (node.isBigDecimal() && Math.abs((long) node.decimalValue().scale()) > LARGEST_SCALE) {
            throw ApiException.unprocessable(at, "the field " + at + " holds a number out of range");
        }
    }

    private static void checkText(String at, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw ApiException.unprocessable(at.isEmpty() ? null : at, "text must not hold NUL");
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw ApiException.unprocessable(at.isEmpty() ? null : at, "text must not hold half a surrogate pair");
            }
        }
    }
}
