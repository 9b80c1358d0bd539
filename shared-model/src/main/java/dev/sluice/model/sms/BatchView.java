package dev.sluice.model.sms;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A window and what became of it: why two replies, none, or the wrong one.
///
/// @param address masked
/// @param number its place among the sender's windows
/// @param state `open`, `held`, `closed`, `claimed`, `done`, `quarantined` or `dropped`
/// @param texts how many it holds, twins included
/// @param twins how many of them repeat others
/// @param closedAt null while it gathers
/// @param closeReason `deadline`, `full`, `at_once` or `flushed`; null while it gathers
/// @param label AGREE, DISAGREE, NEUTRAL or UNSURE; null before there is a verdict
/// @param result AGREE or NOT AGREE; null before there is a verdict
/// @param method PROVIDER, LOCAL_RULES, CONSENT_WORD or OPERATOR; null before there is a verdict
/// @param why what made it this method; null if there is nothing to say
/// @param model which model answered; null unless one did
/// @param outcome SENT, REFUSED, UNKNOWN or SUPPRESSED; null before the end
/// @param reason why that outcome; null if there is nothing to say
/// @param replyState `ready`, `intent`, `sent`, `refused`, `unknown`, `delivered` or `undelivered`; null
///     if none was intended
/// @param segments what the reply cost; 0 if none was intended
/// @param settingsVersion the settings in force when it opened
/// @param failures how often handling it failed
/// @param failure the latest failure; null if there was none
/// @param sessionId where its handling can be replayed; null before it began
public record BatchView(
        String id,
        String senderId,
        String org,
        String address,
        int number,
        String state,
        int texts,
        int twins,
        Instant openedAt,
        Instant deadlineAt,
        @Nullable Instant closedAt,
        @Nullable String closeReason,
        @Nullable String label,
        @Nullable String result,
        @Nullable String method,
        @Nullable String why,
        @Nullable String model,
        @Nullable String outcome,
        @Nullable String reason,
        @Nullable String replyId,
        @Nullable String replyState,
        int segments,
        long settingsVersion,
        int failures,
        @Nullable String failure,
        @Nullable String sessionId,
        @Nullable Instant endedAt) {}
