package dev.sluice.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.model.Json;
import dev.sluice.service.http.Until;
import dev.sluice.service.provider.FakeOpenAi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class RefactorSecretsTest {
    private static final String TOKEN = "ghp_4f1c9e77recognisableTOKEN";
    private static final String[] CALLER = {"x-org-id", "acme"};

    @TempDir
    Path directory;

    private final List<String> shown = new ArrayList<>();

    @Test
    @DisplayName("X2 a job's access token and ticket rest nowhere: no file, log, event, answer, error or call")
    void tokenRestsNowhere() throws Exception {
        String ticket;
        try (var log = new LogLines();
                var upstream = new FakeOpenAi()) {
            Map<String, String> flags = Map.of("OPENAI_API_KEY", "sk-other", "OPENAI_BASE_URL", upstream.baseUrl());
            try (var sluice = RunningSluice.on(directory, flags)) {
                JsonNode begun = Json.mapper().readTree(post(sluice, body("Split the parser", 300)));
                String url = begun.path("sse_url").asText();
                ticket = url.substring(url.indexOf("tkt_"));
                String path = begun.path("status_url").asText();
                shown.add(((ObjectNode) begun).without("sse_url").toString());
                Until.holds("the end", () -> sluice.get(path, CALLER).body().contains("\"status\":\"completed\""));
                shown.add(sluice.get(path, CALLER).body());
                shown.add(sluice.get(url).body());
                shown.add(sluice.get("/api/sessions?q=ann", CALLER).body());
                refusals(sluice);
                shown.add(sluice.get("/api/ops/snapshot", "Authorization", "Bearer " + sluice.operatorToken())
                        .body());
            }
            assertThat(upstream.calls()).isEqualTo(2);
            upstream.received().forEach(call -> shown.add(call.headers() + call.body()));
            shown.addAll(log.all());
        }
        readFiles();

        assertThat(shown).hasSizeGreaterThan(10);
        assertThat(shown).anyMatch(text -> text.contains("Split the parser"));
        assertThat(shown).noneMatch(text -> text.contains(TOKEN));
        assertThat(ticket).hasSizeGreaterThan(20);
        assertThat(shown).noneMatch(text -> text.contains(ticket));
    }

    /// Requests that hold the token and are refused for several reasons.
    private void refusals(RunningSluice sluice) throws Exception {
        List<String> wrong = List.of(
                body("Use " + TOKEN, 300),
                body("Split the parser", 1),
                body("Split the parser", 300).replace("https://github.com", "https://" + TOKEN + "@github.com"),
                body("Split the parser", 300).replace("\"user_id\":\"ann\"", "\"user_id\":7"),
                body("Split the parser", 300) + TOKEN,
                body("Split the parser", 300).replace("{\"access_token\":\"" + TOKEN + "\"", "\"" + TOKEN + "\", {"));
        for (String body : wrong) {
            var refused = sluice.post("/api/refactor", body, CALLER);
            assertThat(refused.statusCode()).isBetween(400, 422);
            shown.add(refused.body());
            shown.add(refused.headers().map().toString());
        }
    }

    private static String post(RunningSluice sluice, String body) throws Exception {
        var answer = sluice.post("/api/refactor", body, CALLER);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static String body(String prompt, int timeout) {
        return """
            {"user_id":"ann","user_prompt":"%s","mode":"autonomous","timeout_seconds":%d,\
            "github_credentials":{"access_token":"%s","repository_url":"https://github.com/acme/parser"}}\
            """.formatted(prompt, timeout, TOKEN);
    }

    private void readFiles() throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                shown.add(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
    }
}
