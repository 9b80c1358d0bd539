package dev.sluice.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An answer as it came over the wire.
///
/// @param headers whole lines, in order
record RawAnswer(int status, List<String> headers, String body) {
    /// Reads an answer to its end: by its length, its chunks, or the end of the connection.
    static RawAnswer read(InputStream in, boolean withBody) throws IOException {
        String statusLine = line(in);
        assertThat(statusLine).startsWith("HTTP/1.1 ");
        var headers = new ArrayList<String>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            headers.add(header);
        }
        var answer = new RawAnswer(Integer.parseInt(statusLine.substring(9, 12)), List.copyOf(headers), "");
        return withBody && answer.mayHaveBody() ? answer.withBody(in) : answer;
    }

    /// Returns the value of the only header of this name.
    Optional<String> header(String name) {
        List<String> values = headers.stream()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .toList();
        assertThat(values).as("values of %s", name).hasSizeLessThan(2);
        return values.stream().findFirst();
    }

    JsonNode json() throws IOException {
        return Json.mapper().readTree(body);
    }

    /// Checks that this is a whole problem document with a status, an id, and nothing of the inside; returns it.
    JsonNode problem(int expected) throws IOException {
        assertThat(status).as(body).isEqualTo(expected);
        assertThat(header("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(header("X-Request-Id").orElse("")).isNotBlank();
        JsonNode problem = json();
        assertThat(problem.path("status").asInt()).isEqualTo(expected);
        assertThat(problem.path("title").asText()).isNotBlank();
        assertThat(problem.path("detail").asText()).isNotBlank();
        assertThat(problem.path("type").asText()).isEqualTo("about:blank");
        assertThat(body).doesNotContain("Exception", "helidon", "dev.sluice", "\tat ");
        return problem;
    }

    private boolean mayHaveBody() {
        return status >= 200 && status != 204 && status != 304;
    }

    private RawAnswer withBody(InputStream in) throws IOException {
        byte[] bytes;
        Optional<String> length = header("Content-Length");
        if (length.isPresent()) {
            bytes = in.readNBytes(Integer.parseInt(length.get()));
        } else if (header("Transfer-Encoding").isPresent()) {
            bytes = chunks(in);
        } else {
            bytes = in.readAllBytes();
        }
        return new RawAnswer(status, headers, new String(bytes, StandardCharsets.UTF_8));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (int size = size(in); size > 0; size = size(in)) {
            bytes.writeBytes(in.readNBytes(size));
            assertThat(line(in)).isEmpty();
        }
        assertThat(line(in)).isEmpty();
        return bytes.toByteArray();
    }

    private static int size(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended after <" + line + ">");
            }
            line.append((char) next);
        }
        assertThat(line).endsWith("\r");
        return line.substring(0, line.length() - 1);
    }
}
