package dev.sluice.service.thread;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Json;
import dev.sluice.model.thread.Message;
import dev.sluice.model.thread.Message.Meta;
import dev.sluice.model.thread.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class EncodedTurnTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00.5Z");

    @Test
    @DisplayName("a turn put together from its parts is byte for byte the one written in one go")
    void isWhatWouldHaveBeenWritten() {
        var random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            Turn turn = new Turn(message(random, "user", null), message(random, "assistant", "gpt"));
            EncodedTurn encoded = EncodedTurn.of(turn);
            for (int request = 0; request < 2; request++) {
                Meta user = meta(random);
                Meta assistant = meta(random);

                byte[] wanted = Json.bytes(new Turn(
                        turn.userMessage().withMeta(user),
                        turn.assistantMessage().withMeta(assistant)));

                assertThat(encoded.with(user, assistant)).as("turn %d", i).isEqualTo(wanted);
            }
        }
    }

    private static Message message(Random random, String role, @Nullable String model) {
        List<String> citations = random.nextBoolean() ? List.of() : List.of("https://example.org/" + text(random));
        return new Message("m" + random.nextInt(), role, text(random), model, model, 1, NOON, citations, meta(random));
    }

    private static Meta meta(Random random) {
        return new Meta(
                random.nextDouble() * 1_000,
                random.nextBoolean() ? "r-" + text(random) : null,
                random.nextBoolean() ? Boolean.FALSE : null,
                random.nextBoolean() ? Boolean.TRUE : null);
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(40), 0, 0x3000)
                .filter(point -> !Character.isSurrogate((char) point))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .append("\"meta\":{\"latency_ms\":0.0}}")
                .toString();
    }
}
