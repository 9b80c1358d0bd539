package dev.sluice.service.refactor;

import java.time.Duration;

/// A job as asked for, checked and with every default filled in. The access token is not part of it:
/// nothing here needs it.
///
/// @param org the tenant, as identified
/// @param requestId the request's id
/// @param maxRetries how often a failed provider call is made again, 0-5
/// @param highRiskThreshold from which risk on a step is to be marked, 0-10
/// @param minTestCoverage the least coverage to plan for, 0-1
/// @param timeout how long the job may take, waiting for people included
public record RefactorRequest(
        String org,
        String requestId,
        String userId,
        String prompt,
        String repositoryUrl,
        String branch,
        Mode mode,
        boolean autoFix,
        int maxRetries,
        int highRiskThreshold,
        double minTestCoverage,
        Duration timeout) {
    /// Describes the job without its texts, which are personal data.
    @Override
    public String toString() {
        return "RefactorRequest[org=" + org + ", request=" + requestId + ", mode=" + mode.wireName() + "]";
    }
}
