package dev.sluice.service.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sluice.model.Json;
import dev.sluice.model.sse.SseEvent;
import dev.sluice.service.provider.ProviderException.Kind;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads one answer in the words of the OpenAI API reference (chat completion and chat completion chunk objects):
/// passes its text on and keeps what is said about it. Deltas of tools, functions and reasoning are left out.
///
/// Not thread-safe: one answer, one reader.
final class AnswerReader {
    private static final ObjectReader JSON =
            Json.mapper().reader().without(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
    private static final int MAX_WORD = 200;

    private final String provider;
    private final ErrorAnswers errors;
    private final Chunks chunks;
    private final int maxBytes;
    private final Citations citations = new Citations();
    private final WholeCharacters characters = new WholeCharacters();
    private long bytes;
    private boolean done;
    private @Nullable String model;
    private @Nullable String finishReason;
    private @Nullable Usage usage;

    AnswerReader(String provider, ErrorAnswers errors, Chunks chunks, int maxBytes) {
        this.provider = provider;
        this.errors = errors;
        this.chunks = chunks;
        this.maxBytes = maxBytes;
    }

    /// Reads the next event of a stream.
    void event(SseEvent event) throws ProviderException {
        String data = event.data().strip();
        if (done || data.isEmpty()) {
            return;
        }
        if (data.equals("[DONE]")) {
            done = true;
            return;
        }
        JsonNode node = object(data);
        if (event.type().equals("error") && !node.hasNonNull("error")) {
            throw errors.ofObject(node);
        }
        object(node, "delta");
    }

    /// Reads a whole answer of an upstream that does not stream.
    void whole(String body) throws ProviderException {
        JsonNode node = object(body);
        object(node, "message");
        if (!node.path("choices").isArray()) {
            throw protocol("an answer without choices");
        }
        done = true;
    }

    /// Tells that `[DONE]` or a whole answer was read: nothing more is expected.
    boolean done() {
        return done;
    }

    /// Tells that the provider said the text is complete; usage may still come.
    boolean complete() {
        return done || finishReason != null;
    }

    /// Returns what was counted so far; null if the provider said nothing.
    @Nullable
    Usage usage() {
        return usage;
    }

    /// Returns the answer's end.
    Completion completion(String askedModel, int status, @Nullable String upstreamRequestId) {
        return new Completion(
                model == null ? askedModel : model,
                finishReason == null ? "stop" : finishReason,
                usage == null ? Usage.NONE : usage,
                citations.list(),
                status,
                upstreamRequestId);
    }

    /// Parses JSON; a missing node if it is none.
    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private JsonNode object(String text) throws ProviderException {
        JsonNode node = parse(text);
        if (!node.isObject()) {
            throw protocol("something that is not a JSON object");
        }
        return node;
    }

    private void object(JsonNode node, String part) throws ProviderException {
        if (node.hasNonNull("usage")) {
            usage = usageIn(node.get("usage"));
        }
        if (node.hasNonNull("error")) {
            throw errors.ofObject(node.get("error"));
        }
        if (model == null) {
            model = UpstreamText.word(node.path("model").textValue(), MAX_WORD);
        }
        citations.read(node);
        for (JsonNode choice : node.path("choices")) {
            if (choice.path("index").asInt(0) == 0) {
                choice(choice, part);
            }
        }
    }

    private void choice(JsonNode choice, String part) throws ProviderException {
        text(choice.path(part).path("content"));
        String reason = UpstreamText.word(choice.path("finish_reason").textValue(), MAX_WORD);
        if ("error".equals(reason)) {
            throw errors.ofObject(choice);
        }
        if (reason != null) {
            finishReason = reason;
        }
    }

    private void text(JsonNode content) throws ProviderException {
        if (content.isArray()) {
            for (JsonNode piece : content) {
                text(piece.path("text"));
            }
        } else if (content.isTextual()) {
            String delta = characters.next(content.textValue());
            if (delta.isEmpty()) {
                return;
            }
            bytes += delta.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > maxBytes) {
                throw protocol("an answer over " + maxBytes + " bytes");
            }
            chunks.text(delta);
        }
    }

    private ProviderException protocol(String what) {
        return new ProviderException(Kind.PROTOCOL, provider + " sent " + what);
    }

    private static Usage usageIn(JsonNode node) {
        long prompt = Math.max(0, node.path("prompt_tokens").asLong(0));
        long completion = Math.max(0, node.path("completion_tokens").asLong(0));
        long total = node.path("total_tokens").asLong(prompt + completion);
        return new Usage(prompt, completion, Math.max(0, total));
    }
}
