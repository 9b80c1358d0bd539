package dev.sluice.service.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;

/// The sources an answer names: Perplexity's `citations` (URLs), else the URLs of its `search_results`. Each event
/// repeats the whole list, so the last one counts. They are text, never fetched.
///
/// Not thread-safe.
final class Citations {
    private static final int MAX_COUNT = 200;
    private static final int MAX_CHARS = 2048;

    private List<String> cited = List.of();
    private List<String> found = List.of();

    void read(JsonNode node) {
        if (node.path("citations").isArray()) {
            cited = texts(node.get("citations"));
        }
        if (node.path("search_results").isArray()) {
            var urls = new ArrayList<JsonNode>();
            node.get("search_results").forEach(result -> urls.add(result.path("url")));
            found = texts(urls);
        }
    }

    List<String> list() {
        return cited.isEmpty() ? found : cited;
    }

    private static List<String> texts(Iterable<JsonNode> nodes) {
        return StreamSupport.stream(nodes.spliterator(), false)
                .limit(MAX_COUNT)
                .map(node -> UpstreamText.word(node.textValue(), MAX_CHARS))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }
}
