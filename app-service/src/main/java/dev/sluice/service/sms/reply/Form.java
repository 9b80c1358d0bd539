package dev.sluice.service.sms.reply;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/// A body of names and values, `application/x-www-form-urlencoded`.
final class Form {
    static final String CONTENT_TYPE = "application/x-www-form-urlencoded";

    private Form() {}

    static byte[] bytes(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
