package dev.sluice.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Json;
import dev.sluice.service.config.ConfigFile;
import dev.sluice.service.config.Exposure;
import dev.sluice.service.config.ServiceConfig;
import dev.sluice.service.config.StartupValues;
import dev.sluice.service.provider.FakeOpenAi;
import dev.sluice.service.provider.FakeReply;
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
final class SecretsTest {
    private static final String API_KEY = "pplx-4f1c9e77recognisable";

    @TempDir
    Path directory;

    private final List<String> shown = new ArrayList<>();

    @Test
    @DisplayName("X2 tokens, tickets and API keys appear in no log, row, metric, answer, error and text form")
    void secretsAppearNowhere() throws Exception {
        List<String> secrets = new ArrayList<>(List.of(API_KEY));
        try (var log = new LogLines();
                var upstream = new FakeOpenAi()) {
            Map<String, String> flags =
                    Map.of("PERPLEXITY_API_KEY", API_KEY, "PERPLEXITY_BASE_URL", upstream.baseUrl());
            showTextForms(flags);
            String data = directory.toString();
            String client = CommandRun.of("token", "create", "--role", "client", "--data-dir", data)
                    .out()
                    .strip();
            secrets.add(client);
            try (var sluice = RunningSluice.on(directory, flags)) {
                secrets.add(sluice.operatorToken());
                use(sluice, upstream, client);
                secrets.add(lookAround(sluice, client));
            }
            shown.add(CommandRun.of("token", "list", "--data-dir", data).out());
            shown.addAll(log.all());
        }
        shown.addAll(filesBut("operator.token"));

        assertThat(shown).hasSizeGreaterThan(30);
        for (String secret : secrets) {
            assertThat(secret).hasSizeGreaterThan(20);
            assertThat(shown).noneMatch(text -> text.contains(secret));
        }
    }

    private void showTextForms(Map<String, String> flags) {
        var values = new StartupValues(flags, flags, ConfigFile.none());
        shown.add(values.toString());
        shown.add(String.valueOf(values.find("PERPLEXITY_API_KEY")));
        shown.add(ServiceConfig.from(values).toString());
        shown.add(Exposure.from(values).toString());
    }

    /// Answers well, then as a provider that repeats the key it was given.
    private void use(RunningSluice sluice, FakeOpenAi upstream, String token) throws Exception {
        String[] caller = {"Authorization", "Bearer " + token, "x-org-id", "acme"};
        var made = sluice.post("/api/threads/", "{}", caller);
        String messages = "/api/threads/"
                + Json.mapper().readTree(made.body()).path("thread_id").asText() + "/messages";
        var good = sluice.post(messages, "{\"content\":\"one\"}", caller);
        assertThat(good.statusCode()).isEqualTo(200);
        upstream.reply(FakeReply.error(401, "invalid_api_key", "Incorrect API key provided: " + API_KEY));
        var refused = sluice.post(messages, "{\"content\":\"two\"}", caller);
        assertThat(refused.statusCode()).isEqualTo(502);
        var streamed = sluice.post(messages + "/stream", "{\"content\":\"three\"}", caller);
        shown.addAll(List.of(good.body(), refused.body(), streamed.body()));
        shown.add(sluice.get("/api/threads/", caller).body());
    }

    /// Returns the ticket that was issued on the way.
    private String lookAround(RunningSluice sluice, String client) throws Exception {
        String[] operator = {"Authorization", "Bearer " + sluice.operatorToken()};
        for (String path : List.of(
                "/metrics",
                "/health",
                "/health/ready",
                "/api/metrics/performance",
                "/api/ops/snapshot",
                "/api/ops/settings",
                "/api/ops/audit",
                "/api/ops/nothing")) {
            shown.add(sluice.get(path, operator).body());
        }
        shown.add(sluice.get("/api/ops/snapshot", "Authorization", "Bearer " + client)
                .body());
        shown.add(sluice.get("/api/ops/snapshot", "Authorization", "Token " + client)
                .body());
        shown.add(sluice.post("/api/threads/", "{\"title\": " + client, "Authorization", "Bearer " + client)
                .body());
        var issued = sluice.post("/api/tickets", "{\"path\":\"/api/ops/stream\"}", operator);
        String ticket = Json.mapper().readTree(issued.body()).path("ticket").asText();
        shown.add(sluice.get("/api/ops/snapshot?ticket=" + ticket).body());
        shown.add(sluice.get("/api/ops/stream?ticket=" + ticket + "x").body());
        return ticket;
    }

    private List<String> filesBut(String name) throws IOException {
        List<String> contents = new ArrayList<>();
        try (var files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith(name)) {
                    contents.add(Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
        assertThat(contents).anyMatch(text -> text.startsWith("SQLite format 3"));
        return contents;
    }
}
