package dev.sluice.service.sms.verdict;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads a chat provider's answer strictly: one label and nothing else. An answer that explains, hedges,
/// lists labels or quotes the texts is none, so that no text can make the answer say more than its own
/// label.
public final class LabelReader {
    private static final int LONGEST = 100;
    /// The word as asked for; models add a full stop, quotes or emphasis.
    private static final Pattern WORD = Pattern.compile("[\"'`*]{0,3}([A-Za-z]{5,8})[.!]?[\"'`*]{0,3}");

    private static final Map<String, Label> LABELS =
            Stream.of(Label.values()).collect(Collectors.toUnmodifiableMap(Label::name, Function.identity()));

    private LabelReader() {}

    /// Returns the label; empty unless the answer is exactly one label, as a word or as `{"label": "..."}`.
    public static Optional<Label> read(String answer) {
        if (answer.length() > LONGEST) {
            return Optional.empty();
        }
        String text = answer.strip();
        if (text.startsWith("{")) {
            return object(text).flatMap(LabelReader::named);
        }
        Matcher word = WORD.matcher(text);
        return word.matches() ? named(word.group(1)) : Optional.empty();
    }

    private static Optional<String> object(String text) {
        try {
            JsonNode object = Json.mapper().readTree(text);
            return object.size() == 1 && object.path("label").isTextual()
                    ? Optional.of(object.path("label").textValue().strip())
                    : Optional.empty();
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }

    private static Optional<Label> named(String name) {
        return Optional.ofNullable(LABELS.get(name.toUpperCase(Locale.ROOT)));
    }
}
