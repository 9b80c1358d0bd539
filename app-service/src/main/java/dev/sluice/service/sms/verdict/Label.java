package dev.sluice.service.sms.verdict;

/// What a burst of texts says to what was asked.
public enum Label {
    /// Yes.
    AGREE,
    /// No.
    DISAGREE,
    /// Neither: thanks, a question, something else.
    NEUTRAL,
    /// Perhaps, or yes and no.
    UNSURE;

    /// Returns the name that clients written for two labels know: `AGREE` or `NOT AGREE`.
    public String contractName() {
        return this == AGREE ? "AGREE" : "NOT AGREE";
    }
}
