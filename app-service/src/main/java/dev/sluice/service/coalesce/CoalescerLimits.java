package dev.sluice.service.coalesce;

import java.time.Duration;

/// The engine's fixed bounds. Over one of them a caller is refused; nobody who already listens notices.
///
/// @param maxFlights flights in the air at once; more are refused
/// @param maxListeners listeners of one flight at once; more are refused
/// @param maxTranscriptBytes bytes one flight's log may take
/// @param maxLiveBytes bytes the logs of all flights in the air may take together; a flight that needs more
///     fails
/// @param maxKeptBytes bytes of transcripts kept after their flights, for reuse and for resuming
/// @param resumable how long an ended flight can be resumed by its id
public record CoalescerLimits(
        int maxFlights,
        int maxListeners,
        long maxTranscriptBytes,
        long maxLiveBytes,
        long maxKeptBytes,
        Duration resumable) {
    /// 10 000 flights of 10 000 listeners each; 8 MiB a transcript, 256 MiB in the air and as much kept;
    /// resumable for 5 minutes.
    public static final CoalescerLimits DEFAULT =
            new CoalescerLimits(10_000, 10_000, 8L << 20, 256L << 20, 256L << 20, Duration.ofMinutes(5));
}
