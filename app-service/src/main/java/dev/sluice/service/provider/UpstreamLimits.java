package dev.sluice.service.provider;

import java.time.Duration;

/// How long and how large one call to a provider may become.
///
/// @param connect until the connection (and TLS) stands
/// @param response from sending the request to the response's headers
/// @param idle the longest silence inside a response: not a byte, comments included
/// @param call the whole response, from headers to end
/// @param eventBytes the largest line or event of a stream
/// @param answerBytes the largest answer: its text in UTF-8, or the whole body if it is not a stream
public record UpstreamLimits(
        Duration connect, Duration response, Duration idle, Duration call, int eventBytes, int answerBytes) {
    /// 10 s to connect, 60 s to respond, 60 s of silence, 10 min in all; events of 1 MiB, answers of 8 MiB.
    public static final UpstreamLimits DEFAULT = new UpstreamLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofMinutes(10),
            1 << 20,
            8 << 20);

    public UpstreamLimits {
        requirePositive("connect", connect);
        requirePositive("response", response);
        requirePositive("idle", idle);
        requirePositive("call", call);
        if (eventBytes < 1 || answerBytes < 1) {
            throw new IllegalArgumentException("sizes must be positive, got " + eventBytes + " and " + answerBytes);
        }
    }

    /// Returns a copy with another longest silence.
    public UpstreamLimits withIdle(Duration silence) {
        return new UpstreamLimits(connect, response, silence, call, eventBytes, answerBytes);
    }

    /// Returns a copy with another wait for the response's headers.
    public UpstreamLimits withResponse(Duration wait) {
        return new UpstreamLimits(connect, wait, idle, call, eventBytes, answerBytes);
    }

    private static void requirePositive(String name, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("the " + name + " time-out must be positive, got " + duration);
        }
    }
}
