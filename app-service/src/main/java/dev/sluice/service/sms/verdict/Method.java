package dev.sluice.service.sms.verdict;

/// Who found a label.
public enum Method {
    /// A chat provider.
    PROVIDER,
    /// The rules in this service, since no provider gave a usable answer.
    LOCAL_RULES,
    /// The message was one of the words by which people say whether to be written to.
    CONSENT_WORD,
    /// A person.
    OPERATOR
}
