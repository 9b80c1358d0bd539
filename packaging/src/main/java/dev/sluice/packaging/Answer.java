package dev.sluice.packaging;

/// How one request was answered.
///
/// @param role the response's `Sluice-Role`
/// @param simulated whether the service says that a simulated provider answered
record Answer(Role role, boolean simulated) {}
