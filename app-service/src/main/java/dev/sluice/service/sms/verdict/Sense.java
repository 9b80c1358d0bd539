package dev.sluice.service.sms.verdict;

/// What a word or phrase says by itself, before its neighbours are looked at.
enum Sense {
    /// Says yes.
    YES,
    /// Says yes, or merely that a text was read: takes back no refusal.
    OK,
    /// Says no, whatever stands around it.
    REFUSAL,
    /// Says no at the beginning or the end of a clause, else denies what follows.
    NO,
    /// Denies what follows; at the end of a clause, what came before.
    NOT,
    /// Takes back a yes before it.
    BUT,
    /// Says perhaps.
    DOUBT,
    /// Looks like another, longer or shorter one, and says nothing.
    NOTHING
}
