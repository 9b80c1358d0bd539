package dev.sluice.service.provider;

import java.util.Map;

/// One request that [FakeOpenAi] received.
///
/// @param path the request target, such as `/v1/chat/completions`
/// @param headers by lower-case name
/// @param body the decoded body
public record FakeCall(String method, String path, Map<String, String> headers, String body) {
    /// Copies the headers.
    public FakeCall {
        headers = Map.copyOf(headers);
    }
}
