package dev.sluice.service.http;

import java.lang.System.Logger.Level;

/// Writes one line for each answer: no query (it may hold a ticket), no body. Thread-safe.
final class AccessLog {
    private static final System.Logger LOG = System.getLogger("dev.sluice.access");
    private static final int LONGEST_PATH = 200;

    private AccessLog() {}

    /// @param path without its query
    /// @param bytes what went over the wire, headers included
    static void write(String method, String path, int status, long millis, long bytes, String requestId, String org) {
        write(method, path, status, millis, bytes, requestId, org, "");
    }

    /// @param client the client's address, empty if it says nothing: this machine's own
    static void write(
            String method,
            String path,
            int status,
            long millis,
            long bytes,
            String requestId,
            String org,
            String client) {
        if (LOG.isLoggable(Level.INFO)) {
            LOG.log(
                    Level.INFO,
                    "method=" + token(method) + " path=" + token(path) + " status=" + status + " ms=" + millis
                            + " bytes=" + bytes + " request_id=" + token(requestId) + " org=" + org
                            + (client.isEmpty() ? "" : " client=" + client));
        }
    }

    /// Keeps a client's text from forging further fields or lines.
    private static String token(String text) {
        var clean = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), LONGEST_PATH); i++) {
            char c = text.charAt(i);
            clean.append(c > ' ' && c <= '~' && c != '=' && c != '"' && c != '{' ? c : '_');
        }
        return clean.isEmpty() ? "-" : clean.toString();
    }
}
