package dev.sluice.service.provider;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sluice.model.Json;
import dev.sluice.service.provider.ProviderException.Kind;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Any HTTP API that is compatible with OpenAI's `POST /chat/completions` (OpenAI API reference, streaming).
///
/// Thread-safe.
public final class OpenAiProvider implements ChatProvider {
    private static final int MAX_ERROR_BYTES = 64 << 10;
    private static final int MAX_ID = 128;

    private final Endpoint endpoint;
    private final Transport transport;
    private final ErrorAnswers errors;
    /// Whether this upstream is asked for usage: true until it refuses `stream_options`.
    private volatile boolean usageWanted = true;

    /// Creates a provider; nothing is sent until it is asked.
    public OpenAiProvider(Endpoint endpoint, Transport transport) {
        this.endpoint = endpoint;
        this.transport = transport;
        this.errors = new ErrorAnswers(endpoint.name(), endpoint.key());
    }

    @Override
    public String name() {
        return endpoint.name();
    }

    @Override
    public boolean simulated() {
        return false;
    }

    @Override
    public String defaultModel() {
        return endpoint.defaultModel();
    }

    @Override
    public Completion stream(ChatRequest request, Chunks chunks) throws ProviderException, InterruptedException {
        boolean withUsage = usageWanted;
        try {
            return attempt(request, withUsage, chunks);
        } catch (UsageRefused refused) {
            usageWanted = false;
            try {
                return attempt(request, false, chunks);
            } catch (UsageRefused again) {
                throw again.failure();
            }
        }
    }

    private Completion attempt(ChatRequest request, boolean withUsage, Chunks chunks)
            throws ProviderException, InterruptedException, UsageRefused {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before the request was sent");
        }
        HttpResponse<ResponseBody> response = transport.send(name(), httpRequest(request, withUsage));
        String id = upstreamId(response);
        try (Watchdog watchdog = transport.watch(response.body())) {
            var reader = new BodyReader(name(), response.body(), watchdog, transport.limits());
            if (response.statusCode() / 100 != 2) {
                throw refusal(response, reader, withUsage);
            }
            var answer =
                    new AnswerReader(name(), errors, chunks, transport.limits().answerBytes());
            try {
                read(response, reader, answer);
            } catch (ProviderException e) {
                throw e.status().isPresent() ? e : e.withStatus(response.statusCode());
            }
            return answer.completion(request.model(), response.statusCode(), id);
        } catch (ProviderException e) {
            throw e.withUpstreamRequestId(id);
        }
    }

    private void read(HttpResponse<ResponseBody> response, BodyReader reader, AnswerReader answer)
            throws ProviderException, InterruptedException {
        String encoding = response.headers().firstValue("content-encoding").orElse("identity");
        String type = response.headers().firstValue("content-type").orElse("").toLowerCase(Locale.ROOT);
        if (!encoding.equalsIgnoreCase("identity") || type.startsWith("text/html")) {
            throw new ProviderException(Kind.PROTOCOL, name() + " sent a web page or a compressed answer, no stream");
        }
        try {
            if (type.startsWith("application/json")) {
                answer.whole(new String(reader.whole(transport.limits().answerBytes()), StandardCharsets.UTF_8));
            } else {
                reader.events(answer);
            }
        } catch (ProviderException e) {
            throw e.withPartialUsage(answer.usage());
        }
    }

    private ProviderException refusal(HttpResponse<ResponseBody> response, BodyReader reader, boolean withUsage)
            throws InterruptedException, UsageRefused {
        int status = response.statusCode();
        String body;
        try {
            body = new String(reader.whole(MAX_ERROR_BYTES), StandardCharsets.UTF_8);
        } catch (ProviderException e) {
            body = "";
        }
        var failure = errors.ofStatus(status, body.isEmpty() ? MissingNode.getInstance() : AnswerReader.parse(body))
                .withRetryAfter(RetryAfter.read(response.headers(), transport.clock()));
        if (withUsage && (status == 400 || status == 422) && body.contains("stream_options")) {
            throw new UsageRefused(failure);
        }
        return failure;
    }

    private HttpRequest httpRequest(ChatRequest request, boolean withUsage) {
        var builder = HttpRequest.newBuilder(endpoint.completions())
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .header("User-Agent", "Sluice")
                .POST(BodyPublishers.ofByteArray(body(request, withUsage)));
        if (endpoint.key() != null) {
            builder.header("Authorization", endpoint.key().bearer());
        }
        if (isHeaderWord(request.requestId())) {
            builder.header("X-Request-Id", request.requestId());
        }
        return builder.build();
    }

    private static byte[] body(ChatRequest request, boolean withUsage) {
        var body = Json.mapper().createObjectNode();
        body.put("model", wellFormed(request.model()));
        var messages = body.putArray("messages");
        for (PromptMessage message : request.messages()) {
            messages.addObject().put("role", message.role()).put("content", wellFormed(message.content()));
        }
        body.put("stream", true);
        if (withUsage) {
            body.putObject("stream_options").put("include_usage", true);
        }
        if (request.user() != null) {
            body.put("user", wellFormed(request.user()));
        }
        return Json.bytes(body);
    }

    /// Replaces halves of surrogate pairs, which JSON can carry but UTF-8 cannot.
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static boolean isHeaderWord(String value) {
        return !value.isEmpty() && value.length() <= MAX_ID && value.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    private static @Nullable String upstreamId(HttpResponse<?> response) {
        return UpstreamText.word(response.headers().firstValue("x-request-id").orElse(null), MAX_ID);
    }

    /// The upstream does not know `stream_options`; the same request without it may do.
    private static final class UsageRefused extends Exception {
        private final ProviderException failure;

        UsageRefused(ProviderException failure) {
            super(failure);
            this.failure = failure;
        }

        ProviderException failure() {
            return failure;
        }
    }
}
