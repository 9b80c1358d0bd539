package dev.sluice.service.thread;

/// A request that was answered by another's call and would have made its own, had sharing been off.
///
/// @param endedAtMillis when it ended, milliseconds since 1970
/// @param flight the call that answered it
/// @param reused whether that call had ended when this request came
/// @param streamed whether it was an event stream
/// @param ledByStream whether the request that started the call was one
/// @param failed whether the answer was a failure
/// @param ageMs how long the call had ended when a reused answer was given, milliseconds
/// @param tokens what the call was charged
public record SharedRequest(
        long endedAtMillis,
        String flight,
        boolean reused,
        boolean streamed,
        boolean ledByStream,
        boolean failed,
        double ageMs,
        long tokens) {}
