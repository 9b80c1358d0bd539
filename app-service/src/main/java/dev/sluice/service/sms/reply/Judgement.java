package dev.sluice.service.sms.reply;

import dev.sluice.service.provider.RetryAfter;
import dev.sluice.service.sms.text.Printable;
import java.time.InstantSource;
import java.util.List;

/// What an answer that is not an acceptance means for a reply, and how it is told.
///
/// @param provider named in reasons
/// @param clock tells what a date in `Retry-After` is relative to
/// @param secrets what a provider may repeat and nobody must read
record Judgement(String provider, InstantSource clock, List<Secret> secrets) {
    private static final int LONGEST_REASON = 200;

    Judgement {
        secrets = List.copyOf(secrets);
    }

    /// Judges no answer: only where nothing can have arrived may the reply be sent again.
    Delivery missing(Answer.Missing missing) {
        String reason = provider + ": " + missing.why();
        return missing.left() ? new Delivery.Unknown(reason) : new Delivery.NotDelivered(reason, null);
    }

    /// Judges a status that is not 2xx.
    ///
    /// @param detail what the provider says about it, in its own words; may be empty
    Delivery notGood(Answer.Came answer, Reply reply, String detail) {
        int status = answer.status();
        String reason = reason(reply, "answered " + status, detail);
        if (status == 429) {
            return new Delivery.NotDelivered(reason, RetryAfter.read(answer.headers(), clock));
        }
        // 303 is what follows a POST that was carried out; 408 may come from something between us and the provider
        boolean unsure = status >= 500 || status < 200 || status == 303 || status == 408;
        return unsure ? new Delivery.Unknown(reason) : new Delivery.Refused(reason);
    }

    /// Judges a 2xx whose body says that it is none.
    Delivery refused(Reply reply, String detail) {
        return new Delivery.Refused(reason(reply, "refused", detail));
    }

    /// Judges a 2xx whose body does not say what became of the reply.
    Delivery unclear(Answer.Came answer) {
        return new Delivery.Unknown(provider + " answered " + answer.status() + ", but not whether it took the reply");
    }

    private String reason(Reply reply, String what, String detail) {
        if (detail.isBlank()) {
            return provider + " " + what;
        }
        String told = detail.strip();
        for (Secret secret : secrets) {
            told = secret.redact(told);
        }
        if (!reply.text().isEmpty()) {
            told = told.replace(reply.text(), "[text]");
        }
        String number = reply.to().value();
        told = told.replace(number, reply.to().masked());
        if (number.startsWith("+")) {
            told = told.replace(number.substring(1), reply.to().masked());
        }
        return Printable.escape(provider + " " + what + ": " + told, LONGEST_REASON);
    }
}
