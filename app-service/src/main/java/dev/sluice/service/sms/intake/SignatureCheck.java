package dev.sluice.service.sms.intake;

/// What was found of a signature.
public enum SignatureCheck {
    /// It is right.
    GOOD,
    /// There is none.
    MISSING,
    /// It has not the form of one.
    MALFORMED,
    /// It is of another time: made too long ago, or by a clock that is ahead.
    STALE,
    /// It was made with another secret, or of other bytes.
    WRONG;

    /// Returns whether the request may be taken.
    public boolean good() {
        return this == GOOD;
    }
}
