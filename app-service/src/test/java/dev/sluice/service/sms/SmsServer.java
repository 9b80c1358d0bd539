package dev.sluice.service.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import dev.sluice.service.auth.Auth;
import dev.sluice.service.auth.FreshToken;
import dev.sluice.service.auth.Role;
import dev.sluice.service.auth.TokenRepository;
import dev.sluice.service.http.ApiException;
import dev.sluice.service.http.HttpConfig;
import dev.sluice.service.http.HttpService;
import dev.sluice.service.http.Routes;
import dev.sluice.service.sms.sign.TimedSignature;
import dev.sluice.service.store.StoreUnavailableException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The texts' part of the service behind a web server on a free port. Used by one thread.
final class SmsServer implements AutoCloseable {
    static final String GENERIC = "/api/webhook/sms-received";

    private final HttpClient client = HttpClient.newHttpClient();
    private final TokenRepository tokens;
    private final HttpService http;
    private final InstantSource wall;

    /// @param secrets what webhooks are signed with, as the environment gives it
    /// @param exposed whether others than this machine could call
    SmsServer(SmsBench bench, Map<String, String> secrets, boolean exposed) {
        tokens = new TokenRepository(bench.db());
        wall = bench.clock::now;
        var routes = new ArrayList<Routes>(bench.service.routes());
        var config = WebhookConfig.from(name -> Optional.ofNullable(secrets.get(name)));
        routes.add(new WebhookRoutes(bench.service, config, wall, exposed));
        http = HttpService.start(
                HttpConfig.at("127.0.0.1", 0),
                new Auth(tokens, InstantSource.system(), true),
                routes,
                List.of(),
                failure -> failure instanceof StoreUnavailableException
                        ? Optional.of(ApiException.unavailable("The store is sick.", Duration.ofSeconds(1)))
                        : Optional.empty());
    }

    URI uri() {
        return http.uri();
    }

    /// Makes a token.
    String token(Role role, @Nullable String org) {
        var fresh = FreshToken.make(new SecureRandom(), "ann", role, org, Instant.now(), null);
        tokens.insert(fresh.row());
        return fresh.text();
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        return client.send(request(path, headers).GET().build(), BodyHandlers.ofString());
    }

    HttpResponse<String> as(String token, String path) throws Exception {
        return get(path, "Authorization", "Bearer " + token);
    }

    JsonNode json(String token, String path) throws Exception {
        return Json.mapper().readTree(as(token, path).body());
    }

    HttpResponse<String> post(String path, String json, String... headers) throws Exception {
        return send(path, "application/json", json.getBytes(UTF_8), headers);
    }

    HttpResponse<String> postAs(String token, String path, String json) throws Exception {
        return post(path, json, "Authorization", "Bearer " + token);
    }

    HttpResponse<String> send(String path, String type, byte[] body, String... headers) throws Exception {
        var request = request(path, headers).header("Content-Type", type);
        return client.send(request.POST(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofString());
    }

    /// Posts as SMSMobileAPI signs, or with the headers of that prefix.
    HttpResponse<String> signed(String prefix, String path, String secret, Instant at, String json) throws Exception {
        String timestamp = Long.toString(at.getEpochSecond());
        String signature = TimedSignature.of(secret.getBytes(UTF_8), timestamp, json.getBytes(UTF_8));
        return post(path, json, prefix + "-Timestamp", timestamp, prefix + "-Signature", signature);
    }

    static String text(String guid, String number, String text) {
        return Json.text(Map.of("guid", guid, "number", number, "message", text));
    }

    @Override
    public void close() {
        client.shutdownNow();
        http.close();
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(http.uri() + path)).timeout(Duration.ofSeconds(20));
        return headers.length == 0 ? request : request.headers(headers);
    }
}
