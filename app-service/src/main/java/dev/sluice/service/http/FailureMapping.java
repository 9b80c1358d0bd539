package dev.sluice.service.http;

import java.util.Optional;

/// Says which failures of the layers below are answers: the store that is down, the disk that is full.
@FunctionalInterface
public interface FailureMapping {
    /// Returns what the client is told; empty for a failure nobody expected, which is logged and answered with
    /// 500.
    Optional<ApiException> explain(Exception failure);
}
