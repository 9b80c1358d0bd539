package dev.sluice.service.coalesce;

import java.time.Duration;

/// The engine's fixed bounds.
///
/// @param maxFlights flights in the air at once; more are refused
/// @param maxTranscriptBytes bytes one flight's log may take
/// @param maxKeptBytes bytes of transcripts kept after their flights, for reuse and for resuming
/// @param resumable how long an ended flight can be resumed by its id
public record CoalescerLimits(int maxFlights, long maxTranscriptBytes, long maxKeptBytes, Duration resumable) {
    /// 10 000 flights, 8 MiB a transcript, 256 MiB kept, resumable for 5 minutes.
    public static final CoalescerLimits DEFAULT =
            new CoalescerLimits(10_000, 8L << 20, 256L << 20, Duration.ofMinutes(5));
}
