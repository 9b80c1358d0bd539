package dev.sluice.model.ops;

/// Counters since start. At rest `requests = leaders + followers + bypassed + rejected`.
///
/// @param requests chat requests, plain and streamed
/// @param leaders requests that started a flight
/// @param followers requests that shared another's call, reused answers included; one that starts a flight in
///     place of one that never began is a leader from then on
/// @param reused followers that were answered by a kept result
/// @param bypassed requests that called the provider alone
/// @param rejected requests that were refused before they had a role
/// @param ratio `followers / (leaders + followers)`, 0 when there were none
/// @param providerCalls calls made upstream
/// @param callsSaved calls that would have been made without sharing
public record CoalesceTotals(
        long requests,
        long leaders,
        long followers,
        long reused,
        long bypassed,
        long rejected,
        double ratio,
        long providerCalls,
        long callsSaved) {
    /// All zero.
    public static final CoalesceTotals NONE = new CoalesceTotals(0, 0, 0, 0, 0, 0, 0, 0, 0);
}
