package dev.sluice.service;

import dev.sluice.service.http.ApiException;
import dev.sluice.service.store.OutcomeUnknownException;
import dev.sluice.service.store.StoreUnavailableException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;

/// Says what clients are told when the store cannot keep what they sent.
final class StoreAnswers {
    private static final System.Logger LOG = System.getLogger(StoreAnswers.class.getName());
    private static final Duration RETRY = Duration.ofSeconds(1);

    private StoreAnswers() {}

    static Optional<ApiException> explain(Exception failure) {
        return switch (failure) {
            case StoreUnavailableException down -> {
                LOG.log(Level.WARNING, "event=store_unavailable reason=" + down.reason());
                yield Optional.of(ApiException.unavailable("The store is not available; nothing was changed.", RETRY));
            }
            case OutcomeUnknownException _ ->
                Optional.of(ApiException.unavailable(
                        "The service is stopping; look before you repeat what you asked for.", RETRY));
            default -> Optional.empty();
        };
    }
}
