package dev.sluice.model.thread;

/// A question and its answer: the response of `POST /api/threads/{id}/messages`.
public record Turn(Message userMessage, Message assistantMessage) {}
