package dev.sluice.model.metrics;

/// The answer to `GET /api/metrics/performance`: counters since start, percentiles over the last n
/// requests. Numbers are 0, never null, while there is no data.
public record PerformanceReport(
        long totalRequests,
        Ttft ttft,
        Latency latency,
        Spread ttftMs,
        Spread latencyMs,
        QueueWait queueWaitMs,
        Tokens tokens,
        Errors errors,
        double errorRate,
        Streaming streaming,
        Coalesce coalesce,
        Sms sms,
        CacheHit cacheHit,
        Phase1Compliance phase1Compliance) {

    /// Returns this report with other numbers of texts.
    public PerformanceReport withSms(Sms other) {
        return new PerformanceReport(
                totalRequests,
                ttft,
                latency,
                ttftMs,
                latencyMs,
                queueWaitMs,
                tokens,
                errors,
                errorRate,
                streaming,
                coalesce,
                other,
                cacheHit,
                phase1Compliance);
    }

    /// Time to first token, **seconds**.
    public record Ttft(double p50, double p95, double p99, double targetP95, boolean meetsTarget) {}

    /// Whole requests, **seconds**.
    public record Latency(
            double p50,
            double p95,
            double p99,
            double targetP50,
            double targetP95,
            boolean meetsP50Target,
            boolean meetsP95Target) {}

    /// A distribution in **milliseconds**.
    public record Spread(double p50, double p95, double p99, double min, double max, long count) {}

    /// Wait for a provider slot, **milliseconds**.
    public record QueueWait(double p50, double p95, double p99, double targetP95, boolean meetsTarget) {}

    public record Tokens(long total, long prompt, long completion, double avgPerRequest) {}

    public record Errors(long total, double rate, double target, boolean meetsTarget) {}

    public record Streaming(long enabledRequests, double percentage) {}

    /// `followers` includes `reused`; `ratio = followers / (leaders + followers)`.
    public record Coalesce(
            long leaders,
            long followers,
            long reused,
            long bypassed,
            long rejected,
            double ratio,
            long providerCalls,
            long callsSaved) {}

    /// Texts, their batches and replies; `saved_calls` and `saved_replies` are what single texts would
    /// have cost besides.
    public record Sms(
            long messages,
            long duplicates,
            long batches,
            long classifications,
            long replies,
            long savedCalls,
            long savedReplies) {}

    public record CacheHit(long count) {}

    public record Phase1Compliance(
            boolean ttftTargetMet,
            boolean latencyP50TargetMet,
            boolean latencyP95TargetMet,
            boolean errorTargetMet,
            boolean overallPassing) {}
}
