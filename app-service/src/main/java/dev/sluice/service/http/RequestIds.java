package dev.sluice.service.http;

import java.util.Optional;
import java.util.UUID;

/// Chooses the id of a request.
final class RequestIds {
    private static final int LONGEST = 128;

    private RequestIds() {}

    /// Keeps a client's own id if it is 1 to 128 printable ASCII characters; else makes one.
    static String choose(Optional<String> own) {
        return own.filter(RequestIds::acceptable)
                .orElseGet(() -> "req_" + UUID.randomUUID().toString().replace("-", ""));
    }

    private static boolean acceptable(String id) {
        return !id.isBlank() && id.length() <= LONGEST && id.chars().allMatch(c -> c >= ' ' && c <= '~');
    }
}
