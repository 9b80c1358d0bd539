package dev.sluice.service.thread;

/// A client's Idempotency-Key with the body it came with: the same key with another body is a conflict.
///
/// @param value as the client sent it
/// @param bodyHash SHA-256 (hex) of the message in canonical form
public record IdempotencyKey(String value, String bodyHash) {}
