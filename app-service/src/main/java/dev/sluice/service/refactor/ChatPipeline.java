package dev.sluice.service.refactor;

import dev.sluice.service.coalesce.Clock;
import dev.sluice.service.http.ApiException;
import dev.sluice.service.provider.BudgetSpentException;
import dev.sluice.service.provider.CallsStoppedException;
import dev.sluice.service.provider.Lane;
import dev.sluice.service.provider.Lanes;
import dev.sluice.service.provider.OrgBudgets;
import dev.sluice.service.provider.ProviderException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/// Plans and narrates through the default chat provider, and does no more: it clones, changes, tests and
/// pushes nothing, and says so.
///
/// Its calls obey the operator's stop, the org's budget and the provider's pace like those of threads.
/// Thread-safe.
public final class ChatPipeline implements Pipeline {
    private static final Duration STOPPED_RETRY = Duration.ofSeconds(30);

    private final Lanes lanes;
    private final OrgBudgets budgets;
    private final BooleanSupplier callsAllowed;
    private final DoubleSupplier random;
    private final Clock clock;

    /// @param callsAllowed whether the operator lets providers be called
    /// @param random 0 to 1, for jitter
    public ChatPipeline(
            Lanes lanes, OrgBudgets budgets, BooleanSupplier callsAllowed, DoubleSupplier random, Clock clock) {
        this.lanes = lanes;
        this.budgets = budgets;
        this.callsAllowed = callsAllowed;
        this.random = random;
        this.clock = clock;
    }

    @Override
    public Run admit(RefactorRequest request) {
        if (!callsAllowed.getAsBoolean()) {
            throw ApiException.unavailable(CallsStoppedException.MESSAGE, STOPPED_RETRY);
        }
        Lane lane = lane();
        try {
            return new ChatRun(request, lane, this, budgets.debit(request.org()));
        } catch (BudgetSpentException spent) {
            throw ApiException.tooManyRequests(spent.message(), spent.retryAfter());
        }
    }

    OrgBudgets budgets() {
        return budgets;
    }

    BooleanSupplier callsAllowed() {
        return callsAllowed;
    }

    DoubleSupplier random() {
        return random;
    }

    Clock clock() {
        return clock;
    }

    private Lane lane() {
        try {
            return lanes.resolve(null);
        } catch (ProviderException unknown) {
            throw ApiException.badRequest(null, unknown.message());
        }
    }

    /// What was done, as clients read it.
    ///
    /// @param simulated whether the texts are made up
    /// @param performed the stages that were
    /// @param notPerformed those that a person might expect and that were not
    record Outcome(
            String plan,
            String narration,
            String provider,
            String model,
            boolean simulated,
            List<String> performed,
            List<String> notPerformed,
            long tokens) {}

    /// The plan, as it is told and confirmed.
    record Plan(
            String plan,
            String provider,
            String model,
            boolean simulated,
            @Nullable String modifications) {}
}
