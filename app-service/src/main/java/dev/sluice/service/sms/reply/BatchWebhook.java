package dev.sluice.service.sms.reply;

import dev.sluice.service.provider.RetryAfter;
import dev.sluice.service.sms.sign.TimedSignature;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells another system of closed batches: one signed POST each, which the receiver may get twice and
/// knows again by its `Idempotency-Key`.
///
/// `X-Sluice-Timestamp` holds seconds since 1970, `X-Sluice-Signature` what [TimedSignature] makes of
/// them and the raw body; without a secret neither is sent. Thread-safe.
public final class BatchWebhook {
    /// What came of a POST.
    public sealed interface Result {
        /// The receiver has it.
        record Delivered() implements Result {}

        /// It may be tried again.
        ///
        /// @param after when the receiver wants to be asked again; null if it did not say
        record Retry(String reason, @Nullable Duration after) implements Result {}

        /// It would be refused again.
        record GiveUp(String reason) implements Result {}
    }

    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_EARLY = 425;
    private static final int TOO_MANY = 429;

    private final URI url;
    private final @Nullable Secret secret;
    private final InstantSource clock;
    private final Post post;

    BatchWebhook(URI url, @Nullable Secret secret, SendTimes times, InstantSource clock) {
        this.url = url;
        this.secret = secret;
        this.clock = clock;
        this.post = new Post(times);
    }

    /// Returns whether what it sends is signed.
    public boolean signed() {
        return secret != null;
    }

    /// Posts a batch and waits for what comes of it, a bounded time.
    ///
    /// @param id the batch's, the same at every attempt; printable ASCII
    /// @param json one JSON document in UTF-8
    public Result post(String id, byte[] json) {
        var headers = new LinkedHashMap<String, String>(Map.of("Idempotency-Key", id));
        if (secret != null) {
            String timestamp = Long.toString(clock.instant().getEpochSecond());
            headers.put("X-Sluice-Timestamp", timestamp);
            headers.put("X-Sluice-Signature", TimedSignature.of(secret.bytes(), timestamp, json));
        }
        return switch (post.send(url, "application/json", headers, json)) {
            case Answer.Missing missing -> new Result.Retry("BATCH_WEBHOOK_URL: " + missing.why(), null);
            case Answer.Came answer -> judge(answer);
        };
    }

    private Result judge(Answer.Came answer) {
        if (answer.good()) {
            return new Result.Delivered();
        }
        int status = answer.status();
        String reason = "BATCH_WEBHOOK_URL answered " + status;
        boolean passing = status >= 500 || status == REQUEST_TIMEOUT || status == TOO_EARLY || status == TOO_MANY;
        return passing ? new Result.Retry(reason, RetryAfter.read(answer.headers(), clock)) : new Result.GiveUp(reason);
    }
}
