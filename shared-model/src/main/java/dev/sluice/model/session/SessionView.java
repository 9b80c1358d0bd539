package dev.sluice.model.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One session: what it was, how it went, how much of it there is.
///
/// @param id its id
/// @param kind `chat`, `refactor` or `sms`
/// @param org the tenant
/// @param state `running` or `ended`
/// @param outcome `completed`, `failed`, `cancelled` or `interrupted` (the service died under it); null while it runs
/// @param createdAt when it began
/// @param endedAt when it ended; null while it runs
/// @param epoch the life of its log that its events' ids name
/// @param events how many events it has
/// @param bytes what they take on the wire
/// @param title what it was about, without personal data; null if nothing was said
/// @param userId the person, as the client names them; null if it did not
/// @param threadId the thread it belongs to; null if none
/// @param requestId the request that began it; null if none did
/// @param provider who answered; null if nobody was asked
/// @param model the model asked; null if none was
/// @param simulated whether the answers were made up
/// @param importedFrom the id it had where it was exported; null if it happened here
public record SessionView(
        String id,
        String kind,
        String org,
        String state,
        @Nullable String outcome,
        Instant createdAt,
        @Nullable Instant endedAt,
        String epoch,
        long events,
        long bytes,
        @Nullable String title,
        @Nullable String userId,
        @Nullable String threadId,
        @Nullable String requestId,
        @Nullable String provider,
        @Nullable String model,
        boolean simulated,
        @Nullable String importedFrom) {}
