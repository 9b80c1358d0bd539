package dev.sluice.service.sms.reply;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sends through a phone that is connected to SMSMobileAPI.
///
/// The key travels in the body, where no access log sees it. The API answers 200 also to what it did not
/// take; only `result.error` 0 with `result.sent` 1 means that it did.
final class SmsMobileApiSender implements ReplySender {
    static final String NAME = "smsmobileapi";
    static final String BASE_URL = "https://api.smsmobileapi.com";

    private final URI url;
    private final Secret key;
    private final Post post;
    private final Judgement judgement;

    SmsMobileApiSender(URI baseUrl, Secret key, SendTimes times, InstantSource clock) {
        this.url = Urls.below(baseUrl, "sendsms/");
        this.key = key;
        this.post = new Post(times);
        this.judgement = new Judgement(NAME, clock, List.of(key));
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
        fields.put("apikey", key.value());
        fields.put("recipients", reply.to().value());
        fields.put("message", reply.text());
        fields.put("sendsms", "1");
        return switch (post.send(url, Form.CONTENT_TYPE, Map.of(), Form.bytes(fields))) {
            case Answer.Missing missing -> judgement.missing(missing);
            case Answer.Came answer when answer.good() -> judge(answer, reply);
            case Answer.Came answer -> judgement.notGood(answer, reply, detail(answer.json()));
        };
    }

    private Delivery judge(Answer.Came answer, Reply reply) {
        JsonNode body = answer.json();
        JsonNode result = body.path("result");
        if (saysError(result) || saysError(body)) {
            return judgement.refused(reply, detail(body));
        }
        if (!result.isObject()) {
            return judgement.unclear(answer);
        }
        String sent = result.path("sent").asText();
        if (!sent.equals("1") && !sent.equals("true")) {
            return judgement.refused(reply, detail(body));
        }
        return new Delivery.Sent(id(result));
    }

    private static boolean saysError(JsonNode node) {
        String error = node.path("error").asText("");
        return !error.isEmpty() && !error.equals("0") && !error.equals("false") && !error.equals("null");
    }

    private static @Nullable String id(JsonNode result) {
        String id = result.path("id").asText("");
        return id.isEmpty() ? null : id;
    }

    private static String detail(JsonNode body) {
        JsonNode result = body.path("result");
        return Words.joined(
                body.path("error"),
                result.path("error"),
                result.path("sent"),
                result.path("note"),
                body.path("message"));
    }
}
