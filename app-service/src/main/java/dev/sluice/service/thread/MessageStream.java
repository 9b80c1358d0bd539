package dev.sluice.service.thread;

import dev.sluice.model.EventId;
import dev.sluice.model.Json;
import dev.sluice.model.session.SessionView;
import dev.sluice.service.coalesce.Attachment;
import dev.sluice.service.coalesce.DeadlineException;
import dev.sluice.service.coalesce.FlightException;
import dev.sluice.service.coalesce.Leave;
import dev.sluice.service.coalesce.LeftException;
import dev.sluice.service.http.ApiException;
import dev.sluice.service.http.Exchange;
import dev.sluice.service.http.SseWriter;
import dev.sluice.service.replay.Batch;
import dev.sluice.service.replay.Cursor;
import dev.sluice.service.replay.LogEntry;
import dev.sluice.service.replay.Opening;
import java.time.Duration;
import java.util.Map;

/// Writes one streamed answer: the request's own events, then the flight's transcript as it grows.
final class MessageStream {
    private static final int BATCH_BYTES = 64 << 10;

    private final Exchange exchange;
    private final Course course;
    private final Seat seat;
    private final Duration deadline;
    private final Duration heartbeat;
    private boolean metaSent;

    MessageStream(Exchange exchange, Course course, Seat seat, Duration deadline, Duration heartbeat) {
        this.exchange = exchange;
        this.course = course;
        this.seat = seat;
        this.deadline = deadline;
        this.heartbeat = heartbeat;
    }

    /// Writes an answer that was stored before, in the form of a stream.
    static void replay(Exchange exchange, Course course, ChatResult result) {
        SseWriter sse = exchange.sse();
        var message = result.turn().assistantMessage();
        router(
                sse,
                course.question(),
                String.valueOf(message.provider()),
                String.valueOf(message.model()),
                result.simulated());
        sse.event(
                null,
                "meta",
                new StreamEvents.Meta(course.firstText(), course.question().requestId()));
        // the stored message is this transcript's epoch: same id, same bytes
        sse.event(new EventId(message.id(), 1).toString(), "delta", new StreamEvents.Delta(message.content()));
        sse.event(new EventId(message.id(), 2).toString(), "done", StreamEvents.Done.of(result));
        course.finished(200);
    }

    void run(Opening opening) throws InterruptedException {
        SseWriter sse = exchange.sse();
        if (attachment().flight().work() instanceof ChatWork work) {
            router(sse, course.question(), work.providerName(), work.model(), work.simulated());
        }
        if (opening.reset() != null) {
            sse.event(null, "reset", Map.of("reason", opening.reset()));
        }
        Cursor cursor = opening.cursor();
        metaSent = cursor.position() > 0;
        while (!cursor.finished()) {
            Batch batch = cursor.read(BATCH_BYTES);
            if (!metaSent && startsWithEnd(batch) && seat.move(course.left(deadline))) {
                course.moved(seat.flying());
                cursor = attachment().open(null).cursor();
                continue;
            }
            if (!batch.entries().isEmpty()) {
                write(sse, batch);
            }
            if (sse.gone() || attachment().left().isPresent()) {
                leave(sse);
                return;
            }
            if (batch.entries().isEmpty() && !awaitMore(sse, cursor)) {
                return;
            }
        }
        finish();
    }

    private void write(SseWriter sse, Batch batch) {
        boolean failedAtOnce = startsWithEnd(batch)
                && attachment().flight().work() instanceof ChatWork work
                && work.state() == ChatState.FAILED;
        if (!metaSent && !failedAtOnce) {
            metaSent = true;
            sse.event(
                    null,
                    "meta",
                    new StreamEvents.Meta(course.firstText(), course.question().requestId()));
        }
        sse.frames(batch.entries().stream().map(LogEntry::frame).toList());
    }

    private static boolean startsWithEnd(Batch batch) {
        return !batch.entries().isEmpty() && batch.entries().getFirst().terminal();
    }

    private Attachment<ChatResult> attachment() {
        return seat.attachment();
    }

    /// Waits for the next event; false if the time this caller gave is up.
    private boolean awaitMore(SseWriter sse, Cursor cursor) throws InterruptedException {
        Duration left = course.left(deadline);
        if (left.isNegative() || left.isZero()) {
            attachment().leave(Leave.LOST);
            String error = "No complete answer within " + deadline.toSeconds() + " s.";
            sse.event(null, "error", new StreamEvents.Failure("error", error, 504));
            var _ = course.failed(ApiException.gatewayTimeout(error));
            return false;
        }
        if (!cursor.await(left.compareTo(heartbeat) < 0 ? left : heartbeat) && !cursor.finished()) {
            sse.heartbeat();
        }
        return true;
    }

    private void leave(SseWriter sse) {
        boolean cancelled =
                attachment().left().filter(why -> why == Leave.CANCELLED).isPresent();
        attachment().leave(Leave.LOST);
        if (cancelled) {
            sse.event(null, "error", new StreamEvents.Failure("error", "The request was cancelled.", 503));
        }
        var _ = course.left(ApiException.of(cancelled ? 503 : 499, "The client left."));
    }

    /// The terminal event is visible a moment before the flight has ended for its waiters.
    private void finish() throws InterruptedException {
        try {
            attachment().await(deadline);
            course.finished(200);
        } catch (FlightException failure) {
            var _ = course.failed(ChatErrors.toApi(failure, attachment().age()));
        } catch (DeadlineException | LeftException gone) {
            var _ = course.left(ApiException.of(499, "The client left."));
        }
    }

    /// Writes the first events of a stream that repeats a stored one.
    static void router(SseWriter sse, Question question, SessionView session) {
        router(sse, question, String.valueOf(session.provider()), String.valueOf(session.model()), session.simulated());
    }

    private static void router(SseWriter sse, Question question, String provider, String model, boolean simulated) {
        sse.event(null, "ping", Json.mapper().createObjectNode());
        sse.event(
                null,
                "router",
                new StreamEvents.RouterInfo(
                        provider,
                        model,
                        question.reason(),
                        question.threadId(),
                        question.requestId(),
                        simulated ? Boolean.TRUE : null));
    }
}
