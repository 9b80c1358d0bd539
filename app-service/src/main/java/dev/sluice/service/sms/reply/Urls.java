package dev.sluice.service.sms.reply;

import java.net.URI;

/// Addresses below a base URL.
final class Urls {
    private Urls() {}

    static URI below(URI base, String path) {
        String text = base.toString();
        return URI.create((text.endsWith("/") ? text : text + "/") + path);
    }
}
