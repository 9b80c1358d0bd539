package dev.sluice.service.refactor;

import dev.sluice.service.provider.BudgetSpentException;
import dev.sluice.service.provider.CallTools;
import dev.sluice.service.provider.CallsStoppedException;
import dev.sluice.service.provider.Completion;
import dev.sluice.service.provider.Lane;
import dev.sluice.service.provider.PacedCall;
import dev.sluice.service.provider.PromptMessage;
import dev.sluice.service.provider.ProviderException;
import dev.sluice.service.provider.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// One job, planned and told by a chat provider. Used by the job's thread alone.
final class ChatRun implements Pipeline.Run {
    static final String ONLY_PLANNED =
            "This service plans and tells; it cloned, changed, validated and pushed nothing.";

    private static final int LONGEST_ANSWER = 256 << 10;
    private static final Duration BACKOFF = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

    private final RefactorRequest request;
    private final Lane lane;
    private final ChatPipeline house;
    private final CallTools tools;
    private final Prompts prompts;
    private @Nullable Runnable paid;
    private long tokens;

    /// @param paid gives back what the first call was debited with
    ChatRun(RefactorRequest request, Lane lane, ChatPipeline house, Runnable paid) {
        this.request = request;
        this.lane = lane;
        this.house = house;
        this.paid = paid;
        this.prompts = new Prompts(request);
        var retries = new RetryPolicy(request.maxRetries(), BACKOFF, LONGEST_PAUSE, request.timeout());
        this.tools = new CallTools(retries, house.random(), house.clock(), house.callsAllowed());
    }

    @Override
    public String provider() {
        return lane.provider().name();
    }

    @Override
    public String model() {
        return lane.provider().defaultModel();
    }

    @Override
    public boolean simulated() {
        return lane.provider().simulated();
    }

    @Override
    public void ended() {
        Runnable refund = paid;
        if (refund != null) {
            refund.run();
        }
    }

    @Override
    public Pipeline.Result perform(Pipeline.Course course) throws InterruptedException {
        course.report(Stage.INTAKE, "stage", 0.05, "The request was read.", null);
        course.report(Stage.PLANNING, "stage", 0.1, "Planning with " + provider() + ".", null);
        String plan = ask(course, Stage.PLANNING, prompts.plan());
        tell(course, plan, null);
        String remark = null;
        while (request.mode() != Mode.AUTONOMOUS) {
            Decision decision = course.confirm(
                    Confirmation.PLAN, "Please confirm the plan: approve, modify or cancel.", shown(plan, null));
            if (decision instanceof Decision.PlanModified(String modifications)) {
                course.report(Stage.PLANNING, "stage", 0.1, "Planning again, as modified.", null);
                plan = ask(course, Stage.PLANNING, prompts.planAnew(modifications));
                tell(course, plan, modifications);
                continue;
            }
            remark = decision instanceof Decision.PlanApproved(String said) ? said : null;
            break;
        }
        course.report(Stage.NARRATION, "stage", 0.6, "Telling what the plan would change.", null);
        String narration = ask(course, Stage.NARRATION, prompts.narration(remark));
        course.report(Stage.NARRATION, "narration", 0.9, narration, null);
        course.warn(ONLY_PLANNED);
        return new Pipeline.Result(
                "Planned and told. " + ONLY_PLANNED,
                new ChatPipeline.Outcome(
                        plan,
                        narration,
                        provider(),
                        model(),
                        simulated(),
                        List.of(Stage.PLANNING.wireName(), Stage.NARRATION.wireName()),
                        List.of(
                                Stage.TRANSFORMATION.wireName(),
                                Stage.VALIDATION.wireName(),
                                Stage.GIT_OPERATIONS.wireName()),
                        tokens));
    }

    private void tell(Pipeline.Course course, String plan, @Nullable String modifications) {
        course.report(Stage.PLANNING, "plan", 0.5, "The plan is ready.", shown(plan, modifications));
    }

    private ChatPipeline.Plan shown(String plan, @Nullable String modifications) {
        return new ChatPipeline.Plan(plan, provider(), model(), simulated(), modifications);
    }

    private String ask(Pipeline.Course course, Stage stage, List<PromptMessage> prompt) throws InterruptedException {
        pay(course, stage);
        var caller = new PacedCall.Caller(request.org(), request.requestId());
        var call = new PacedCall(caller, lane, model(), tools, PacedCall.Meter.NONE);
        var text = new StringBuilder();
        course.asking(() -> call.stage() == PacedCall.Stage.QUEUED);
        try {
            Completion completion =
                    call.make(prompt, delta -> hear(text, delta), house.clock().nanoTime());
            check(course, stage, text, completion);
        } catch (ProviderException failed) {
            throw new PipelineException("In stage " + stage.wireName() + " the provider failed: " + failed.message());
        } catch (CallsStoppedException stopped) {
            throw new PipelineException("In stage " + stage.wireName() + ": " + CallsStoppedException.MESSAGE);
        } finally {
            course.asking(null);
            course.retried(Math.max(0, call.tries() - 1));
            tokens += call.usage().totalTokens();
            if (call.tries() > 0) {
                paid = null; // the provider heard of it: nothing to give back
            }
        }
        prompts.answered(text.toString());
        return text.toString();
    }

    private static void hear(StringBuilder text, String delta) {
        if (text.length() + delta.length() > LONGEST_ANSWER) {
            throw new PipelineException("The provider's answer is longer than " + LONGEST_ANSWER + " characters.");
        }
        text.append(delta);
    }

    private static void check(Pipeline.Course course, Stage stage, StringBuilder text, Completion completion) {
        if (text.toString().isBlank()) {
            throw new PipelineException("In stage " + stage.wireName() + " the provider's answer was empty.");
        }
        if (!completion.finishReason().equals("stop")) {
            course.warn("In stage " + stage.wireName() + " the provider ended early: " + completion.finishReason());
        }
    }

    /// Takes the next call from the org's budget, and waits for it if need be; the first was taken on
    /// admission.
    private void pay(Pipeline.Course course, Stage stage) throws InterruptedException {
        boolean told = false;
        while (paid == null) {
            try {
                paid = house.budgets().debit(request.org());
            } catch (BudgetSpentException spent) {
                if (!told) {
                    course.report(stage, "waiting", 0, spent.message() + " Waiting for the next.", null);
                    told = true;
                }
                var due = new CountDownLatch(1);
                house.clock().after(spent.retryAfter(), due::countDown);
                due.await();
            }
        }
    }
}
