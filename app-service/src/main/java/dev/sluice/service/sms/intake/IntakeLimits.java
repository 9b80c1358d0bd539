package dev.sluice.service.sms.intake;

/// How much is taken. Far above what networks carry: the longest concatenated SMS has 255 parts of 153
/// characters, but no phone sends that.
public final class IntakeLimits {
    /// Characters of a GUID.
    public static final int GUID = 200;
    /// Characters of a sender.
    public static final int NUMBER = 64;
    /// Characters of a text.
    public static final int TEXT = 10_000;
    /// Texts in a payload.
    public static final int MESSAGES = 1_000;

    private IntakeLimits() {}
}
