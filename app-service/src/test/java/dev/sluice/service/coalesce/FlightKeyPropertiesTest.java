package dev.sluice.service.coalesce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.model.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The key over generated documents: ten seeds that are always the same and one that never is; a failure tells
/// which it was.
final class FlightKeyPropertiesTest {
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("C11 the order of fields, whitespace and the form of numbers do not matter: 10^5 permutations")
    void permutedDocumentHasTheSameKey(long seed) throws Exception {
        var random = new Random(seed);
        for (int i = 0; i < Engine.rounds(10_000); i++) {
            JsonNode document = document(random, 3);
            String text = written(document, random);

            assertThat(key(Json.mapper().readTree(text)))
                    .as(() -> "seed " + seed + ": " + text)
                    .isEqualTo(key(document));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("C11 documents that differ have keys that differ")
    void differentDocumentsHaveDifferentKeys(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < Engine.rounds(1_000); i++) {
            JsonNode one = document(random, 3);
            JsonNode other = document(random, 3);
            boolean same = normal(one).equals(normal(other));

            assertThat(key(one).equals(key(other)))
                    .as(() -> "seed " + seed + ": " + one + " and " + other)
                    .isEqualTo(same);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("C11 no two lists of fields collide, not even of the same characters cut elsewhere")
    void fieldListsDoNotCollide(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < Engine.rounds(1_000); i++) {
            List<List<String>> one = fields(random);
            List<List<String>> other = random.nextBoolean() ? fields(random) : cutElsewhere(one, random);

            assertThat(fieldKey(one).equals(fieldKey(other)))
                    .as(() -> "seed " + seed + ": " + one + " and " + other)
                    .isEqualTo(one.equals(other));
        }
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.range(0, 10), LongStream.of(System.nanoTime()));
    }

    private static List<List<String>> fields(Random random) {
        var fields = new ArrayList<List<String>>();
        for (int i = random.nextInt(4); i > 0; i--) {
            fields.add(List.of(characters(random), characters(random)));
        }
        return fields;
    }

    private static String characters(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append("a\0\1".charAt(random.nextInt(3)));
        }
        return text.toString();
    }

    /// Returns as many fields of the same characters in the same order, with other borders between them.
    private static List<List<String>> cutElsewhere(List<List<String>> fields, Random random) {
        var all = new StringBuilder();
        fields.forEach(field -> field.forEach(all::append));
        int[] cuts =
                random.ints(2L * fields.size(), 0, all.length() + 1).sorted().toArray();
        var again = new ArrayList<List<String>>();
        for (int i = 0; i < cuts.length; i += 2) {
            int from = i == 0 ? 0 : cuts[i - 1];
            int to = i + 2 == cuts.length ? all.length() : cuts[i + 1];
            again.add(List.of(all.substring(from, cuts[i]), all.substring(cuts[i], to)));
        }
        return again;
    }

    private static JsonNode document(Random random, int depth) {
        var nodes = Json.mapper().getNodeFactory();
        return switch (random.nextInt(depth == 0 ? 5 : 8)) {
            case 0 -> nodes.nullNode();
            case 1 -> nodes.booleanNode(random.nextBoolean());
            case 2 -> nodes.numberNode(random.nextInt(4) - 1);
            case 3 -> nodes.numberNode(BigDecimal.valueOf(random.nextInt(1_000) - 500, random.nextInt(7) - 3));
            case 4 -> nodes.textNode(text(random, 8));
            case 5 -> {
                ArrayNode array = nodes.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(document(random, depth - 1));
                }
                yield array;
            }
            default -> {
                ObjectNode object = nodes.objectNode();
                for (int i = random.nextInt(5); i > 0; i--) {
                    object.set(text(random, 7), document(random, depth - 1));
                }
                yield object;
            }
        };
    }

    /// The last of the 8 characters is half a surrogate pair, which Jackson takes in values only.
    private static String text(Random random, int characters) {
        var text = new StringBuilder();
        for (int i = random.nextInt(3); i > 0; i--) {
            text.append("ab\"\\ \u00e9\u2028\ud800".charAt(random.nextInt(characters)));
        }
        return text.toString();
    }

    /// Writes a document in another of its forms.
    private static String written(JsonNode node, Random random) {
        String space = " \n\t".substring(0, random.nextInt(4));
        if (node.isObject()) {
            var fields = new ArrayList<>(node.properties());
            Collections.shuffle(fields, random);
            var parts = new ArrayList<String>();
            for (Map.Entry<String, JsonNode> field : fields) {
                parts.add(quoted(field.getKey()) + space + ":" + written(field.getValue(), random));
            }
            return "{" + space + String.join("," + space, parts) + "}" + space;
        }
        if (node.isArray()) {
            var parts = new ArrayList<String>();
            node.forEach(element -> parts.add(written(element, random)));
            return "[" + String.join(space + ",", parts) + space + "]";
        }
        if (node.isNumber()) {
            BigDecimal number = node.decimalValue();
            return switch (random.nextInt(3)) {
                case 0 -> number.toPlainString();
                case 1 ->
                    number.setScale(Math.max(0, number.scale()) + random.nextInt(3))
                            .toString();
                default -> number.signum() == 0 ? "0e7" : number.unscaledValue() + "0e" + (-number.scale() - 1);
            };
        }
        return node.isTextual() ? quoted(node.textValue()) : node.toString();
    }

    /// Escapes every unit, so that lone surrogates survive.
    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.chars().forEach(unit -> quoted.append("\\u").append(HexFormat.of().toHexDigits((char) unit)));
        return quoted.append('"').toString();
    }

    /// Brings numbers to one form, so that `equals` compares meaning; Jackson's objects ignore order already.
    private static JsonNode normal(JsonNode node) {
        var nodes = Json.mapper().getNodeFactory();
        if (node.isNumber()) {
            BigDecimal number = node.decimalValue();
            return nodes.textNode("n"
                    + (number.signum() == 0 ? "0" : number.stripTrailingZeros().toString()));
        }
        if (node.isTextual()) {
            return nodes.textNode("s" + node.textValue());
        }
        if (node.isArray()) {
            ArrayNode array = nodes.arrayNode();
            node.forEach(element -> array.add(normal(element)));
            return array;
        }
        if (node.isObject()) {
            ObjectNode object = nodes.objectNode();
            node.properties().forEach(field -> object.set(field.getKey(), normal(field.getValue())));
            return object;
        }
        return node;
    }

    private static FlightKey key(JsonNode node) {
        return FlightKey.of("test").json("body", node).build();
    }

    private static FlightKey fieldKey(List<List<String>> fields) {
        FlightKey.Builder builder = FlightKey.of("test");
        fields.forEach(field -> builder.field(field.getFirst(), field.getLast()));
        return builder.build();
    }
}
