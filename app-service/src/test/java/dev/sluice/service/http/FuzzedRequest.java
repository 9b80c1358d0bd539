package dev.sluice.service.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request as it will be sent, well-framed whatever it says, so that its connection can serve the next one.
final class FuzzedRequest {
    String method;
    String target;
    final List<String> headers = new ArrayList<>();

    @Nullable
    String body;

    FuzzedRequest(String method, String target, @Nullable String body) {
        this.method = method;
        this.target = target;
        this.body = body;
    }

    /// Removes the header lines of a name.
    FuzzedRequest without(String name) {
        headers.removeIf(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1));
        return this;
    }

    /// Sets the only header line of a name.
    FuzzedRequest with(String name, String value) {
        without(name).headers.add(name + ": " + value);
        return this;
    }

    boolean head() {
        return method.equals("HEAD");
    }

    byte[] bytes() {
        var text = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        headers.forEach(line -> text.append(line).append("\r\n"));
        byte[] content = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        if (body != null) {
            text.append("Content-Length: ").append(content.length).append("\r\n");
        }
        byte[] head = text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[head.length + content.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(content, 0, all, head.length, content.length);
        return all;
    }

    /// Returns it in so many characters at most.
    @Override
    public String toString() {
        String text = new String(bytes(), StandardCharsets.UTF_8);
        return text.substring(0, Math.min(1500, text.length()));
    }
}
