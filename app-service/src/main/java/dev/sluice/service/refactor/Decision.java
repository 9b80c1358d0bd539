package dev.sluice.service.refactor;

import org.jspecify.annotations.Nullable;

/// How a person answered a confirmation; to cancel is no answer to it but ends the job.
public sealed interface Decision {
    /// The plan is good.
    ///
    /// @param remark what they said with it; null if nothing
    record PlanApproved(@Nullable String remark) implements Decision {}

    /// Another plan is wanted.
    ///
    /// @param modifications how it is to differ
    record PlanModified(String modifications) implements Decision {}

    /// How to validate.
    ///
    /// @param mode `full`, `compile_only` or `skip`
    record ValidationChosen(String mode) implements Decision {}

    /// The push may be made.
    ///
    /// @param branchName the branch to push to; null for the pipeline's own choice
    /// @param commitMessage null for the pipeline's own
    record PushApproved(
            @Nullable String branchName, @Nullable String commitMessage) implements Decision {}
}
