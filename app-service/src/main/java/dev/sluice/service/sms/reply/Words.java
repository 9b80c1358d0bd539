package dev.sluice.service.sms.reply;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.stream.Collectors;

/// What a provider says about a failure, from the fields where it may stand.
final class Words {
    private Words() {}

    /// Returns the texts and numbers among the nodes, in their order.
    static String joined(JsonNode... nodes) {
        return Arrays.stream(nodes)
                .filter(node -> node.isTextual() || node.isNumber())
                .map(JsonNode::asText)
                .filter(text -> !text.isBlank())
                .distinct()
                .collect(Collectors.joining(" "));
    }
}
