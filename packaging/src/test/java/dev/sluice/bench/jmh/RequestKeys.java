package dev.sluice.bench.jmh;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import dev.sluice.model.thread.AddMessage;
import dev.sluice.service.coalesce.FlightKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// P9: the keys of a chat message with a body of 4 KB: the key by which it is shared, which the service
/// makes for each request, and the hash of the body, by which it checks an Idempotency-Key where there is
/// one.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RequestKeys {
    private static final int BODY_BYTES = 4_096;

    /// `text`: nearly all of it is the message; `tools`: half of it is a structure of many small fields.
    @Param({"text", "tools"})
    public String body = "text";

    private AddMessage message = AddMessage.of("");

    @Setup
    public void write() {
        var tools = Json.mapper().createArrayNode();
        for (int i = 0; body.equals("tools") && i < 10; i++) {
            tools.add(tool(i));
        }
        JsonNode named = tools.isEmpty() ? null : tools;
        int rest = BODY_BYTES - Json.bytes(message("", named)).length;
        message = message("Tell me more. ".repeat(BODY_BYTES).substring(0, rest), named);
        int bytes = Json.bytes(message).length;
        if (bytes != BODY_BYTES) {
            throw new IllegalStateException("the body has " + bytes + " bytes");
        }
    }

    private static AddMessage message(String content, @Nullable JsonNode tools) {
        return new AddMessage("ann", content, "user", "mock", "mock-1", "default", "private", true, null, tools, null);
    }

    private static JsonNode tool(int number) {
        String json = """
                {"type":"function","function":{"name":"weather_%d","strict":true,"parameters":{"type":"object",\
                "properties":{"city":{"type":"string","maxLength":80},"days":{"type":"integer","maximum":14.0}}}}}\
                """.formatted(number);
        try {
            return Json.mapper().readTree(json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Both, as a request with an Idempotency-Key has them made.
    @Benchmark
    public int both() {
        return hash().hash().length() + key().hash().length();
    }

    /// The hash of the body alone.
    @Benchmark
    public FlightKey hash() {
        return FlightKey.of("body/1")
                .json("body", Json.mapper().valueToTree(message))
                .build();
    }

    /// The key, of the fields that a chat message's has: what a request without an Idempotency-Key has
    /// made.
    @Benchmark
    public FlightKey key() {
        return FlightKey.of("chat/2")
                .field("org", "acme")
                .field("thread", "0198c0de-0000-7000-8000-000000000001")
                .field("user", message.userId())
                .field("role", message.role())
                .field("scope", message.scope())
                .field("use_memory", "true")
                .field("context", "20")
                .field("provider", message.provider())
                .field("model", message.model())
                .field("content", message.content())
                .field("idempotency_key", null)
                .build();
    }
}
