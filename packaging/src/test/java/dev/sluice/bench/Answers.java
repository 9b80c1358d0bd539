package dev.sluice.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;

/// What the fake provider writes.
final class Answers {
    private static final int BREATH_MS = 1_000;

    private Answers() {}

    static void plain(OutputStream out, String type, String body) throws IOException {
        out.write(("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length() + "\r\n\r\n"
                        + body)
                .getBytes(ISO_8859_1));
    }

    /// @param over called before the last bytes are written: whoever has them must find the call ended
    static void give(OutputStream out, Plan plan, Runnable over) throws IOException, InterruptedException {
        if (plan.manner() == Plan.Manner.FAILING) {
            over.run();
            out.write("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
        } else if (plan.streamed()) {
            stream(out, plan, over);
        } else {
            over.run();
            String body = completion(plan);
            out.write((head(plan, "application/json") + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                    .getBytes(ISO_8859_1));
        }
    }

    private static void stream(OutputStream out, Plan plan, Runnable over) throws IOException, InterruptedException {
        out.write((head(plan, "text/event-stream") + "Transfer-Encoding: chunked\r\n\r\n").getBytes(ISO_8859_1));
        long began = System.nanoTime();
        for (int i = 1; i <= plan.chunks(); i++) {
            Pause.until(began + (i - 1) * 1_000L * plan.intervalMicros());
            event(out, delta(Stamp.text(i, plan.bytes()), "null"));
        }
        for (int held = 0; held < plan.holdMs(); held += BREATH_MS) {
            Thread.sleep(BREATH_MS);
            chunk(out, ": still here\n\n");
        }
        event(out, delta("", "\"stop\""));
        over.run();
        out.write("e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n".getBytes(ISO_8859_1));
    }

    private static String head(Plan plan, String type) {
        return "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\n"
                + (plan.manner() == Plan.Manner.NO_STORE ? "Cache-Control: no-store\r\n" : "");
    }

    private static String completion(Plan plan) {
        String text = plan.manner() == Plan.Manner.AGREEING ? "AGREE" : "x".repeat(plan.bytes());
        return "{\"id\":\"c\",\"object\":\"chat.completion\",\"model\":\"fake\",\"choices\":[{\"index\":0,\"message\":"
                + "{\"role\":\"assistant\",\"content\":\"" + text + "\"},\"finish_reason\":\"stop\"}],\"usage\":"
                + "{\"prompt_tokens\":9,\"completion_tokens\":7,\"total_tokens\":16}}";
    }

    private static String delta(String text, String finish) {
        return "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\"fake\",\"choices\":[{\"index\":0,"
                + "\"delta\":{\"content\":\"" + text + "\"},\"finish_reason\":" + finish + "}]}";
    }

    private static void event(OutputStream out, String data) throws IOException {
        chunk(out, "data: " + data + "\n\n");
    }

    private static void chunk(OutputStream out, String text) throws IOException {
        out.write((Integer.toHexString(text.length()) + "\r\n" + text + "\r\n").getBytes(ISO_8859_1));
    }
}
