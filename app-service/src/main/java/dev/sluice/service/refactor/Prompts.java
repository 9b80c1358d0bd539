package dev.sluice.service.refactor;

import dev.sluice.service.provider.PromptMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a provider is asked in the course of one job: a conversation that grows. Used by the job's thread
/// alone.
final class Prompts {
    private static final String ROLE = """
            You plan refactorings. You see the request alone, not the code: where the plan depends on the code, say what \
            to look for. You change nothing, and you never claim that anything was changed, built, tested or pushed.\
            """;

    private final RefactorRequest request;
    private final List<PromptMessage> conversation = new ArrayList<>();

    Prompts(RefactorRequest request) {
        this.request = request;
        conversation.add(new PromptMessage("system", ROLE));
    }

    List<PromptMessage> plan() {
        return ask("""
                Plan this refactoring: %s

                Repository: %s, branch %s

                Answer with a numbered list of small steps, in plain text. Give each step a risk from 0 to 10 and mark \
                those from %d on as high. Plan for a test coverage of at least %s.""".formatted(
                        request.prompt(),
                        request.repositoryUrl(),
                        request.branch(),
                        request.highRiskThreshold(),
                        request.minTestCoverage()));
    }

    List<PromptMessage> planAnew(String modifications) {
        return ask("Write the whole plan again with these modifications: " + modifications);
    }

    /// @param remark what the person said when they approved the plan; null if nothing
    List<PromptMessage> narration(@Nullable String remark) {
        String said = remark == null ? "" : " The person who approved the plan said: " + remark;
        return ask("Tell in a few sentences, for the person who asked, what this plan would change, in which order and"
                + " why, and what to watch. Nothing of it has been done yet; say so." + said);
    }

    void answered(String text) {
        conversation.add(new PromptMessage("assistant", text));
    }

    private List<PromptMessage> ask(String text) {
        conversation.add(new PromptMessage("user", text));
        return List.copyOf(conversation);
    }
}
