package dev.sluice.service.auth;

/// A caller that is not let in, and why. The message may be shown to the client; carries no stack trace.
public final class AuthRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Why a caller is not let in.
    public enum Reason {
        /// Nothing was shown that says who asks.
        NO_IDENTITY,
        /// The token is unknown, revoked or expired.
        BAD_TOKEN,
        /// Known, but not allowed to do this.
        TOO_LOW,
        /// `x-org-id` is not of its form.
        BAD_ORG,
        /// The token works for another org: what was asked for does not exist.
        FOREIGN_ORG
    }

    private final Reason reason;

    AuthRefusal(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /// Returns why.
    public Reason reason() {
        return reason;
    }
}
