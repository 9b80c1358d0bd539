package dev.sluice.model.sse;

/// One dispatched server-sent event.
///
/// @param id the last event id in force when it was dispatched; empty if the stream never set one
/// @param type the event's name; `message` if the frame had none
/// @param data the data lines joined with LF
public record SseEvent(String id, String type, String data) {}
