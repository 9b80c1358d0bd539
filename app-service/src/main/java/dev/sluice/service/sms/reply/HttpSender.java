package dev.sluice.service.sms.reply;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Hands replies to a service of the operator's own: POST {reply_id, to, message}, and 2xx means sent,
/// unless the body is JSON that says otherwise. The reply's id is also the `Idempotency-Key`.
final class HttpSender implements ReplySender {
    static final String NAME = "http";

    private final URI url;
    private final @Nullable Secret token;
    private final Post post;
    private final Judgement judgement;

    /// @param token sent as a bearer token; null if the service needs none
    HttpSender(URI url, @Nullable Secret token, SendTimes times, InstantSource clock) {
        this.url = url;
        this.token = token;
        this.post = new Post(times);
        this.judgement = new Judgement(NAME, clock, token == null ? List.of() : List.of(token));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean real() {
        return true;
    }

    @Override
    public Delivery send(Reply reply) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("reply_id", reply.id());
        fields.put("to", reply.to().value());
        fields.put("message", reply.text());
        var headers = new LinkedHashMap<String, String>(Map.of("Idempotency-Key", reply.id()));
        if (token != null) {
            headers.put("Authorization", "Bearer " + token.value());
        }
        return switch (post.send(url, "application/json", headers, Json.bytes(fields))) {
            case Answer.Missing missing -> judgement.missing(missing);
            case Answer.Came answer when answer.good() -> judge(answer.json(), reply);
            case Answer.Came answer -> judgement.notGood(answer, reply, detail(answer.json()));
        };
    }

    private Delivery judge(JsonNode body, Reply reply) {
        JsonNode error = body.path("error");
        String said = error.asText("");
        boolean wrong = error.isContainerNode()
                || !(said.isEmpty() || said.equals("0") || said.equals("false") || said.equals("null"))
                || (body.path("success").isBoolean() && !body.path("success").booleanValue())
                || body.path("status").asText("").equals("error");
        if (wrong) {
            return judgement.refused(reply, detail(body));
        }
        String id = body.path("id").asText("");
        return new Delivery.Sent(id.isEmpty() ? null : id);
    }

    private static String detail(JsonNode body) {
        JsonNode error = body.path("error");
        return Words.joined(error, error.path("message"), body.path("detail"), body.path("message"));
    }
}
