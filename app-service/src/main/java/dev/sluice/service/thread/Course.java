package dev.sluice.service.thread;

import dev.sluice.model.ops.RequestView;
import dev.sluice.service.coalesce.Attachment;
import dev.sluice.service.coalesce.Role;
import dev.sluice.service.http.ApiException;
import dev.sluice.service.http.Exchange;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One request from its arrival to its end, counted once. Used by the handler's thread alone.
final class Course {
    private final ChatMetrics metrics;
    private final Exchange exchange;
    private final Question question;
    private Asked.@Nullable Flying flying;
    private double joinedAtAgeMs;
    private double ttftMs = -1;
    private boolean counted;

    /// @param flying the flight it listens to; null if it was answered from the store
    Course(ChatMetrics metrics, Exchange exchange, Question question, Asked.@Nullable Flying flying) {
        this.metrics = metrics;
        this.exchange = exchange;
        this.question = question;
        this.flying = flying;
        this.joinedAtAgeMs = flying == null ? 0 : ageMs(flying.attachment());
    }

    Question question() {
        return question;
    }

    /// Notes that it listens to another flight from now on, which it may have started.
    void moved(Asked.Flying next) {
        flying = next;
        joinedAtAgeMs = ageMs(next.attachment());
        metrics.moved(question.org(), next.attachment().role());
    }

    double elapsedMs() {
        return (System.nanoTime() - exchange.arrivedNanos()) / 1e6;
    }

    /// Returns what is left of the time this request gave.
    Duration left(Duration deadline) {
        return deadline.minusMillis((long) elapsedMs());
    }

    /// Notes that this request saw its first text just now, and returns how long that took.
    double firstText() {
        ttftMs = elapsedMs();
        return ttftMs;
    }

    void finished(int status) {
        count(status, false);
    }

    /// Counts a failure of the provider's or ours and hands it back to be thrown.
    ApiException failed(ApiException answer) {
        count(answer.status(), answer.status() >= 500 || answer.status() == 429);
        return answer;
    }

    /// Counts a request that its client gave up and hands the answer back to be thrown.
    ApiException left(ApiException answer) {
        count(answer.status(), false);
        return answer;
    }

    private void count(int status, boolean failed) {
        if (counted) {
            return;
        }
        counted = true;
        var view = new RequestView(
                Instant.now(),
                exchange.requestId(),
                question.org(),
                question.threadId(),
                (flying == null ? Role.REUSED : flying.attachment().role()).wireName(),
                flying == null ? "idempotency-key" : flying.bypass(),
                flying == null ? null : flying.attachment().flight().id(),
                status,
                question.streamed(),
                elapsedMs(),
                sharing());
        metrics.finished(question.org(), new RequestSample(view, ttft(), failed));
        remember(view);
    }

    /// A resumed stream and a repeated Idempotency-Key never make a call, whatever the settings are.
    private void remember(RequestView view) {
        boolean resumed =
                exchange.header("Last-Event-ID").filter(id -> !id.isEmpty()).isPresent();
        String flight = view.flightId();
        if (view.sharing().callsSaved() == 0 || flight == null || resumed || question.idempotencyKey() != null) {
            return;
        }
        metrics.shared(new SharedRequest(
                view.at().toEpochMilli(),
                flight,
                view.role().equals(Role.REUSED.wireName()),
                view.streamed(),
                ledByStream(),
                view.status() >= 400,
                view.sharing().ageMs(),
                view.sharing().tokensSaved()));
    }

    private boolean ledByStream() {
        return flying != null
                && flying.attachment().flight().work() instanceof ChatWork work
                && work.question().streamed();
    }

    /// How old the flight is, or how long ago it ended.
    private static double ageMs(Attachment<ChatResult> attachment) {
        return switch (attachment.role()) {
            case LEADER, BYPASS -> 0;
            case FOLLOWER ->
                Math.max(
                        0,
                        Duration.between(attachment.flight().startedAt(), Instant.now())
                                        .toNanos()
                                / 1e6);
            case REUSED -> attachment.age().toNanos() / 1e6;
        };
    }

    private RequestView.Sharing sharing() {
        if (flying == null) {
            return RequestView.Sharing.NONE;
        }
        Attachment<ChatResult> attachment = flying.attachment();
        if (!(attachment.flight().work() instanceof ChatWork work)) {
            throw new IllegalStateException("a chat flight does chat work");
        }
        boolean shared = attachment.role() == Role.FOLLOWER || attachment.role() == Role.REUSED;
        return new RequestView.Sharing(
                joinedAtAgeMs,
                work.queueWait().toNanos() / 1e6,
                shared ? 1 : 0,
                shared ? work.usage().totalTokens() : 0);
    }

    /// A plain request did not see the first text itself: it is when the flight had it, or at once if
    /// that was before.
    private double ttft() {
        if (ttftMs >= 0 || flying == null) {
            return ttftMs;
        }
        Attachment<ChatResult> attachment = flying.attachment();
        long first = attachment.flight().work() instanceof ChatWork work ? work.firstTokenNanos() : 0;
        return first == 0 ? -1 : Math.max(0, (first - exchange.arrivedNanos()) / 1e6);
    }
}
