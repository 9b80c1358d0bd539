package dev.sluice.bench;

import java.util.Locale;
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

    static String number(int sender) {
        return String.format(Locale.ROOT, "+63917%07d", sender);
    }

    static String body(long number) {
        return "Yes, I can help and I will be there at eight, number " + number;
    }

    /// Returns a delivery of one text.
    byte[] one() {
        return Http.post(port, PATH, "", text());
    }

    /// Returns a delivery of many.
    byte[] many(int count) {
        return Http.post(
                port,
                PATH,
                "",
                IntStream.range(0, count)
                        .mapToObj(_ -> text())
                        .collect(Collectors.joining(",", "{\"messages\":[", "]}")));
    }

    private String text() {
        number++;
        return "{\"guid\":\"g" + number + "\",\"number\":\"" + number(random.nextInt(SENDERS)) + "\",\"message\":\""
                + body(number) + "\"}";
    }
}
