package dev.sluice.bench;

import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Deliveries of texts as a gateway posts them, from a few thousand senders in no order.
final class Texts {
    static final int SENDERS = 5_000;
    private static final String PATH = "/api/webhook/sms-received";

    private final int port;
    private final Random random = new Random(1);
    private long number = System.nanoTime(); // guids are known for 45 days

    Texts(int port) {
        this.port = port;
    }

    /// Returns settings with which each batch is classified by the provider and answered through it.
    ///
    /// @param verdict how it classifies
    static Map<String, String> answeredBy(Provider provider, Plan verdict) {
        return Map.of(
                "OPENAI_MODEL",
                verdict.text(),
                "SMS_AUTO_REPLY_ENABLED",
                "1",
                "SMS_SENDER",
                "http",
                "SMS_HTTP_URL",
                provider.replyUrl());
    }

    static String number(int sender) {
        return String.format(Locale.ROOT, "+63917%07d", sender);
    }

    static String body(long number) {
        return "Yes, I can help and I will be there at eight, number " + number;
    }

    /// Returns a delivery of one text.
    byte[] one() {
        return from(random.nextInt(SENDERS));
    }

    /// Returns a delivery of one text of a sender.
    byte[] from(int sender) {
        return Http.post(port, PATH, "", text(sender));
    }

    /// Returns a delivery of many.
    byte[] many(int count) {
        return Http.post(
                port,
                PATH,
                "",
                IntStream.range(0, count)
                        .mapToObj(_ -> text(random.nextInt(SENDERS)))
                        .collect(Collectors.joining(",", "{\"messages\":[", "]}")));
    }

    private String text(int sender) {
        number++;
        return "{\"guid\":\"g" + number + "\",\"number\":\"" + number(sender) + "\",\"message\":\"" + body(number)
                + "\"}";
    }
}
