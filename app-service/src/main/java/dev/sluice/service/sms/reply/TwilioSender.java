package dev.sluice.service.sms.reply;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Sends through Twilio's API of 2010-04-01.
final class TwilioSender implements ReplySender {
    static final String NAME = "twilio";
    static final String BASE_URL = "https://api.twilio.com";

    private static final Set<String> FAILED = Set.of("failed", "undelivered", "canceled");

    /// What it needs to know.
    ///
    /// @param from the number or short code that sends, or the id of a messaging service (`MG...`)
    /// @param statusCallback where Twilio reports deliveries to; null if it need not
    record Account(
            String sid, Secret token, String from, @Nullable URI statusCallback) {}

    private final URI url;
    private final Account account;
    private final Post post;
    private final Judgement judgement;

    TwilioSender(URI baseUrl, Account account, SendTimes times, InstantSource clock) {
        this.url = Urls.below(baseUrl, "2010-04-01/Accounts/" + account.sid() + "/Messages.json");
        this.account = account;
        this.post = new Post(times);
        this.judgement = new Judgement(NAME, clock, List.of(account.token()));
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
        fields.put("To", reply.to().value());
        fields.put(account.from().startsWith("MG") ? "MessagingServiceSid" : "From", account.from());
        fields.put("Body", reply.text());
        if (account.statusCallback() != null) {
            fields.put("StatusCallback", account.statusCallback().toString());
        }
        var headers = Map.of("Authorization", account.token().basic(account.sid()), "Accept", "application/json");
        return switch (post.send(url, Form.CONTENT_TYPE, headers, Form.bytes(fields))) {
            case Answer.Missing missing -> judgement.missing(missing);
            case Answer.Came answer when answer.good() -> judge(answer, reply);
            case Answer.Came answer -> judgement.notGood(answer, reply, detail(answer.json()));
        };
    }

    private Delivery judge(Answer.Came answer, Reply reply) {
        JsonNode body = answer.json();
        JsonNode error = body.path("error_code");
        boolean wrong = (!error.isMissingNode() && !error.isNull())
                || FAILED.contains(body.path("status").asText());
        if (wrong) {
            return judgement.refused(reply, detail(body));
        }
        String sid = body.path("sid").asText("");
        return sid.isEmpty() ? judgement.unclear(answer) : new Delivery.Sent(sid);
    }

    private static String detail(JsonNode body) {
        return Words.joined(
                body.path("code"), body.path("message"), body.path("error_code"), body.path("error_message"));
    }
}
