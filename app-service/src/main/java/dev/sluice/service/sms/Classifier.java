package dev.sluice.service.sms;

import dev.sluice.service.provider.BudgetSpentException;
import dev.sluice.service.provider.CallTools;
import dev.sluice.service.provider.CallsStoppedException;
import dev.sluice.service.provider.Lane;
import dev.sluice.service.provider.Lanes;
import dev.sluice.service.provider.OrgBudgets;
import dev.sluice.service.provider.PacedCall;
import dev.sluice.service.provider.ProviderException;
import dev.sluice.service.sms.verdict.ClassificationPrompt;
import dev.sluice.service.sms.verdict.Label;
import dev.sluice.service.sms.verdict.LabelReader;
import dev.sluice.service.sms.verdict.LocalRules;
import dev.sluice.service.sms.verdict.Method;
import dev.sluice.service.sms.verdict.Verdict;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/// Finds what a batch means: by one call to the chat provider, or by local rules where that is not possible
/// or brings nothing usable. Thread-safe.
final class Classifier {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int LONGEST_ANSWER = 2_000;

    private final Lanes lanes;
    private final OrgBudgets budgets;
    private final CallTools tools;

    /// @param tools with a policy that never tries again: a batch is one call
    Classifier(Lanes lanes, OrgBudgets budgets, CallTools tools) {
        this.lanes = lanes;
        this.budgets = budgets;
        this.tools = tools;
    }

    /// Returns who would be asked; empty if nobody real can be, and the local rules decide.
    ///
    /// A simulated provider never decides about people.
    Optional<Asked> provider() {
        if (!tools.allowed().getAsBoolean()) {
            return Optional.empty();
        }
        try {
            Lane lane = lanes.resolve(null);
            return lane.provider().simulated() ? Optional.empty() : Optional.of(new Asked(lane));
        } catch (ProviderException notConfigured) {
            return Optional.empty();
        }
    }

    /// Asks once; whatever goes wrong, the local rules decide and the verdict says why.
    ///
    /// @param requestId sent upstream
    Verdict ask(Asked asked, String org, String requestId, String joined) throws InterruptedException {
        Runnable refund;
        try {
            refund = budgets.debit(org);
        } catch (BudgetSpentException spent) {
            return locally(joined, "the org's budget of provider calls is spent");
        }
        var call = new PacedCall(
                new PacedCall.Caller(org, requestId), asked.lane, asked.model(), tools, PacedCall.Meter.NONE);
        try {
            return read(answer(call, joined), asked, joined);
        } catch (ProviderException failed) {
            return locally(
                    joined, "the provider failed: " + failed.kind().name().toLowerCase(Locale.ROOT));
        } catch (CallsStoppedException stopped) {
            return locally(joined, "provider calls are stopped");
        } catch (TooSlowException slow) {
            return locally(joined, "no answer within " + PATIENCE.toSeconds() + " s");
        } catch (TooLongException rambling) {
            return locally(joined, "the answer was no label");
        } finally {
            if (call.tries() == 0) {
                refund.run();
            }
        }
    }

    /// Decides without the network.
    ///
    /// @param why why no provider did
    static Verdict locally(String joined, String why) {
        return new Verdict(LocalRules.classify(joined), Method.LOCAL_RULES, why, null);
    }

    private Verdict read(String answer, Asked asked, String joined) {
        Optional<Label> label = LabelReader.read(answer);
        return label.map(found -> new Verdict(found, Method.PROVIDER, null, asked.model()))
                .orElseGet(() -> locally(joined, "the answer was no label"));
    }

    /// Makes the call, and interrupts itself when it takes too long.
    private String answer(PacedCall call, String joined) throws ProviderException, InterruptedException {
        var text = new StringBuilder();
        var over = new AtomicBoolean();
        var late = new CountDownLatch(1);
        Thread caller = Thread.currentThread();
        tools.clock().after(PATIENCE, () -> {
            if (over.compareAndSet(false, true)) {
                caller.interrupt();
            }
            late.countDown();
        });
        try {
            call.make(
                    ClassificationPrompt.of(joined),
                    delta -> {
                        if (text.length() + delta.length() > LONGEST_ANSWER) {
                            throw new TooLongException();
                        }
                        text.append(delta);
                    },
                    tools.clock().nanoTime());
            return text.toString();
        } catch (InterruptedException interrupted) {
            if (over.get()) {
                throw new TooSlowException();
            }
            throw interrupted;
        } finally {
            if (!over.compareAndSet(false, true)) {
                late.await(); // the interrupt has been sent: it must not hit what comes next
                var _ = Thread.interrupted();
            }
        }
    }

    /// Whom a call goes to.
    record Asked(Lane lane) {
        String name() {
            return lane.provider().name();
        }

        String model() {
            return lane.provider().defaultModel();
        }
    }

    private static final class TooSlowException extends RuntimeException {}

    private static final class TooLongException extends RuntimeException {}
}
