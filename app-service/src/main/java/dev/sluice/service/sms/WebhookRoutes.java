package dev.sluice.service.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.Access;
import dev.sluice.service.http.ApiException;
import dev.sluice.service.http.Exchange;
import dev.sluice.service.http.Router;
import dev.sluice.service.http.Routes;
import dev.sluice.service.sms.intake.DeliveryReport;
import dev.sluice.service.sms.intake.FormBody;
import dev.sluice.service.sms.intake.GenericPayload;
import dev.sluice.service.sms.intake.IntakeException;
import dev.sluice.service.sms.intake.Payload;
import dev.sluice.service.sms.intake.ReceivedText;
import dev.sluice.service.sms.intake.RefusedText;
import dev.sluice.service.sms.intake.SignatureCheck;
import dev.sluice.service.sms.intake.SmsMobileApiPayload;
import dev.sluice.service.sms.intake.TimedSignatureCheck;
import dev.sluice.service.sms.intake.TwilioPayload;
import dev.sluice.service.sms.intake.TwilioSignature;
import dev.sluice.service.sms.intake.WebhookEvent;
import dev.sluice.service.sms.intake.WebhookSecrets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Texts from providers over HTTP, in three dialects. A call is answered once its texts are durable.
public final class WebhookRoutes implements Routes {
    private static final String GENERIC = "generic";
    private static final String SMS_MOBILE_API = "smsmobileapi";
    private static final String TWILIO = "twilio";
    private static final int MOST_BYTES = 1 << 20;
    private static final byte[] EMPTY_TWIML =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response></Response>".getBytes(UTF_8);

    private final SmsService service;
    private final WebhookConfig config;
    private final InstantSource clock;
    private final boolean exposed;

    /// @param exposed whether others than this machine can call, so that nothing unsigned is taken
    public WebhookRoutes(SmsService service, WebhookConfig config, InstantSource clock, boolean exposed) {
        this.service = service;
        this.config = config;
        this.clock = clock;
        this.exposed = exposed;
    }

    @Override
    public void register(Router router) {
        router.get("/api/webhook/sms-received", Access.PUBLIC, this::probe)
                .post("/api/webhook/sms-received", Access.PUBLIC, this::generic)
                .post("/api/webhook/smsmobileapi", Access.PUBLIC, this::smsMobileApi)
                .upload("/api/webhook/twilio", Access.PUBLIC, this::twilio);
    }

    private void probe(Exchange exchange) {
        exchange.send(200, answer("ok", "This is where texts are posted."));
    }

    private void generic(Exchange exchange) {
        byte[] raw = exchange.rawBody();
        check(
                GENERIC,
                config.genericOrg(),
                config.generic(),
                () -> TimedSignatureCheck.generic(config.generic().orElseThrow())
                        .verify(exchange::header, raw, clock.instant()));
        JsonNode body = exchange.json();
        Payload payload = readable(GENERIC, config.genericOrg(), () -> GenericPayload.read(GENERIC, body));
        var texts = payload.items().stream()
                .map(item -> incoming(item.index(), item.text()))
                .toList();
        var taken = service.intake().take(GENERIC, config.genericOrg(), texts);
        List<TextIntake.Fault> faults = new ArrayList<>(taken.faults());
        payload.refused().forEach(refused -> faults.add(refuse(GENERIC, config.genericOrg(), refused)));
        if (!body.has("messages") && !faults.isEmpty()) {
            String reason = faults.getFirst().reason();
            throw ApiException.unprocessable(reason.split("[: ]", 2)[0], reason);
        }
        faults.sort(Comparator.comparingInt(TextIntake.Fault::index));
        var answer = answer("success", "The texts are stored.");
        answer.put("message_count", payload.count());
        answer.put("processed", taken.processed());
        answer.put("skipped", taken.skipped());
        answer.put("errors", faults);
        exchange.send(200, answer);
    }

    private void smsMobileApi(Exchange exchange) {
        byte[] raw = exchange.rawBody();
        String org = config.smsMobileApiOrg();
        check(
                SMS_MOBILE_API,
                org,
                config.smsMobileApi(),
                () -> TimedSignatureCheck.smsMobileApi(config.smsMobileApi().orElseThrow())
                        .verify(exchange::header, raw, clock.instant()));
        JsonNode body = exchange.json();
        handle(
                SMS_MOBILE_API,
                org,
                readable(SMS_MOBILE_API, org, () -> SmsMobileApiPayload.read(SMS_MOBILE_API, body)));
        exchange.send(202, answer("accepted", "It is stored."));
    }

    private void twilio(Exchange exchange) {
        byte[] raw = exchange.rawBody(MOST_BYTES);
        String type = exchange.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.startsWith("application/x-www-form-urlencoded")) {
            throw ApiException.of(415, "Twilio's webhooks are application/x-www-form-urlencoded.");
        }
        FormBody form = readable(TWILIO, config.twilioOrg(), () -> FormBody.read(raw));
        check(TWILIO, config.twilioOrg(), config.twilio(), () -> signed(exchange, form));
        handle(
                TWILIO,
                config.twilioOrg(),
                readable(TWILIO, config.twilioOrg(), () -> TwilioPayload.read(TWILIO, form)));
        exchange.send(200, "text/xml; charset=utf-8", EMPTY_TWIML);
    }

    /// Twilio signs the URL it was told. Behind a tunnel or a proxy the scheme is not to be seen here;
    /// whichever it was, only the token makes the signature.
    private SignatureCheck signed(Exchange exchange, FormBody form) {
        var signature = new TwilioSignature(config.twilio().orElseThrow());
        String given = exchange.header("X-Twilio-Signature").orElse(null);
        List<String> bases = config.twilioUrl().map(List::of).orElseGet(() -> {
            String host = exchange.header("Host").orElse("");
            return List.of("https://" + host, "http://" + host);
        });
        SignatureCheck found = SignatureCheck.WRONG;
        for (String base : bases) {
            found = signature.verify(base + exchange.target(), form, given);
            if (found.good()) {
                return found;
            }
        }
        return found;
    }

    private void handle(String account, String org, WebhookEvent event) {
        switch (event) {
            case WebhookEvent.Received(ReceivedText text) -> {
                var taken = service.intake().take(account, org, List.of(incoming(0, text)));
                if (!taken.faults().isEmpty()) {
                    String reason = taken.faults().getFirst().reason();
                    throw ApiException.unprocessable("number", reason);
                }
            }
            case WebhookEvent.Refused(RefusedText refused) -> {
                String reason = refuse(account, org, refused).reason();
                throw ApiException.unprocessable(refused.field(), reason);
            }
            case WebhookEvent.Reported(DeliveryReport report) -> report(account, report);
            case WebhookEvent.Ignored _ -> {} // said to be taken, so that it is not delivered again
        }
    }

    private void report(String account, DeliveryReport report) {
        Optional<Boolean> delivered = switch (report.state()) {
            case ACCEPTED, SENT -> Optional.empty();
            case DELIVERED -> Optional.of(true);
            case UNDELIVERED -> Optional.of(false);
        };
        boolean known = service.report(account, report.providerId(), delivered.orElse(null));
        if (!known) {
            // the answer of the send may still be on its way: the provider asks again
            throw ApiException.notFound("No reply of that id is known yet.");
        }
    }

    private void check(
            String account, String org, Optional<WebhookSecrets> secrets, Supplier<SignatureCheck> signature) {
        if (secrets.isEmpty()) {
            if (exposed) {
                service.intake().refuse(account, org, "no_secret", null, "No secret is set for this webhook.");
                throw ApiException.forbidden(
                        "No secret is set for this webhook, and this service can be reached from elsewhere.");
            }
            return;
        }
        SignatureCheck found = signature.get();
        if (!found.good()) {
            String what = found.name().toLowerCase(Locale.ROOT);
            service.intake().refuse(account, org, "bad_signature", null, "The signature is " + what + ".");
            throw ApiException.unauthorized("The signature is " + what + ".");
        }
    }

    private <T> T readable(String account, String org, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IntakeException unreadable) {
            String reason = String.valueOf(unreadable.getMessage());
            service.intake().refuse(account, org, "unreadable", null, reason);
            throw ApiException.unprocessable(unreadable.field(), reason);
        }
    }

    private TextIntake.Fault refuse(String account, String org, RefusedText refused) {
        String reason = refused.field() + " " + refused.reason();
        service.intake().refuse(account, org, "bad_text", null, reason);
        return new TextIntake.Fault(refused.index(), reason);
    }

    private Map<String, Object> answer(String status, String message) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("status", status);
        answer.put("message", message);
        answer.put("timestamp", Instant.ofEpochMilli(clock.millis()).toString());
        return answer;
    }

    private static Incoming incoming(int index, ReceivedText text) {
        return new Incoming(index, text.guid(), text.rawNumber(), text.text(), text.providerTime());
    }
}
