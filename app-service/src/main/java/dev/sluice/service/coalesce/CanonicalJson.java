package dev.sluice.service.coalesce;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Map;

/// Feeds JSON into a digest so that documents of the same meaning give the same bytes: the order of an
/// object's fields and the form of a number (`1`, `1.0`, `10e-1`) do not matter, the order of an array
/// does.
final class CanonicalJson {
    private CanonicalJson() {}

    static void update(Sha256Text digest, JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> object(digest, node);
            case ARRAY -> {
                start(digest, 'a', node.size());
                node.forEach(element -> update(digest, element));
            }
            case STRING -> text(digest, 's', node.textValue());
            case NUMBER -> text(digest, 'n', canonical(node.decimalValue()));
            case BOOLEAN -> text(digest, 'b', node.booleanValue() ? "1" : "0");
            case NULL, MISSING -> start(digest, 'z', 0);
            case BINARY, POJO ->
                throw new IllegalArgumentException("not a JSON value as parsed: " + node.getNodeType());
        }
    }

    private static void object(Sha256Text digest, JsonNode node) {
        var fields = new ArrayList<>(node.properties());
        fields.sort(Comparator.comparing(Map.Entry::getKey));
        start(digest, 'o', fields.size());
        for (Map.Entry<String, JsonNode> field : fields) {
            text(digest, 'k', field.getKey());
            update(digest, field.getValue());
        }
    }

    /// Unscaled value and exponent: a plain form of 1e999999999 would not fit in memory.
    private static String canonical(BigDecimal number) {
        if (number.signum() == 0) {
            return "0";
        }
        // stripped apart from its scale, which overflows for 100e2147483647
        BigDecimal digits = new BigDecimal(number.unscaledValue()).stripTrailingZeros();
        return digits.unscaledValue() + "e" + (-(long) digits.scale() - number.scale());
    }

    private static void text(Sha256Text digest, char kind, String value) {
        start(digest, kind, value.length());
        digest.putUnits(value);
    }

    private static void start(Sha256Text digest, char kind, int size) {
        digest.put(kind);
        digest.putInt(size);
    }
}
