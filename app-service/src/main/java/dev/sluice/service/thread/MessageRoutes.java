package dev.sluice.service.thread;

import dev.sluice.model.EventId;
import dev.sluice.service.coalesce.Attachment;
import dev.sluice.service.coalesce.DeadlineException;
import dev.sluice.service.coalesce.FlightException;
import dev.sluice.service.coalesce.Leave;
import dev.sluice.service.coalesce.LeftException;
import dev.sluice.service.coalesce.Role;
import dev.sluice.service.http.Access;
import dev.sluice.service.http.ApiException;
import dev.sluice.service.http.Exchange;
import dev.sluice.service.http.LogStream;
import dev.sluice.service.http.Router;
import dev.sluice.service.http.Routes;
import dev.sluice.service.http.SseWriter;
import dev.sluice.service.replay.Cursor;
import dev.sluice.service.replay.Opening;
import dev.sluice.service.session.Sessions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Messages over HTTP: plain, streamed, cancelled.
public final class MessageRoutes implements Routes {
    private final ThreadService service;
    private final ChatSessions sessions;
    private final ChatMetrics metrics;
    private final Duration heartbeat;

    /// @param heartbeat the longest silence on a stream
    public MessageRoutes(ThreadService service, ChatSessions sessions, ChatMetrics metrics, Duration heartbeat) {
        this.service = service;
        this.sessions = sessions;
        this.metrics = metrics;
        this.heartbeat = heartbeat;
    }

    @Override
    public void register(Router router) {
        router.post("/api/threads/{id}/messages", Access.CLIENT, this::plain)
                .post("/api/threads/{id}/messages/stream", Access.CLIENT, this::stream)
                .post("/api/threads/cancel/{request_id}", Access.CLIENT, this::cancel);
    }

    private void plain(Exchange exchange) throws InterruptedException {
        Exam exam = examine(exchange, false);
        switch (exam.asked()) {
            case Asked.Answered(ChatResult result) -> answerAgain(exchange, exam, result);
            case Asked.Flying flying -> await(exchange, exam, flying);
        }
    }

    private void await(Exchange exchange, Exam exam, Asked.Flying flying) throws InterruptedException {
        var course = new Course(metrics, exchange, exam.question(), flying);
        var seat = new Seat(service, exchange, exam.question(), flying);
        announce(exchange, flying);
        boolean waits = flying.attachment().role() != Role.REUSED;
        try (seat) {
            if (waits) {
                seat.hold();
            }
            ChatResult result = await(exchange, exam, seat, course);
            exchange.send(200, "application/json", result.seenBy(exchange.requestId(), course.elapsedMs()));
            if (waits) {
                Exchange.giveWay();
            }
            course.finished(200);
        } catch (FlightException failure) {
            throw course.failed(ChatErrors.toApi(failure, seat.attachment().age()));
        } catch (DeadlineException late) {
            seat.attachment().leave(Leave.LOST);
            throw course.failed(ApiException.gatewayTimeout("No answer within "
                    + exam.deadline().toSeconds() + " s; the Request-Timeout header sets how long."));
        } catch (LeftException left) {
            throw course.left(ApiException.of(503, "The request was cancelled."));
        }
    }

    private static ChatResult await(Exchange exchange, Exam exam, Seat seat, Course course)
            throws DeadlineException, LeftException, InterruptedException {
        try {
            return seat.attachment().await(exam.deadline());
        } catch (FlightException failure) {
            if (!seat.move(course.left(exam.deadline()))) {
                throw failure;
            }
            course.moved(seat.flying());
            announce(exchange, seat.flying());
            return seat.attachment().await(course.left(exam.deadline()));
        }
    }

    private void stream(Exchange exchange) throws InterruptedException {
        Optional<String> cursor = exchange.header("Last-Event-ID").filter(text -> !text.isEmpty());
        if (cursor.isPresent()) {
            resume(exchange, cursor.get());
            return;
        }
        Exam exam = examine(exchange, true);
        switch (exam.asked()) {
            case Asked.Answered(ChatResult result) -> streamAgain(exchange, exam, result);
            case Asked.Flying flying -> follow(exchange, exam, flying, null);
        }
    }

    private void follow(Exchange exchange, Exam exam, Asked.Flying flying, @Nullable String cursor)
            throws InterruptedException {
        var course = new Course(metrics, exchange, exam.question(), flying);
        announce(exchange, flying);
        try (var seat = new Seat(service, exchange, exam.question(), flying)) {
            var opening = seat.attachment().open(cursor);
            if (opening.atEnd()) {
                exchange.sendEmpty(204);
                course.finished(204);
                return;
            }
            seat.hold();
            new MessageStream(exchange, course, seat, exam.deadline(), heartbeat).run(opening);
        }
    }

    /// Reads the question and finds its role; whatever is refused here had none.
    private Exam examine(Exchange exchange, boolean streamed) {
        String org = exchange.caller().org();
        try {
            Question question = QuestionReader.read(exchange, streamed);
            Duration deadline = QuestionReader.deadline(exchange);
            Asked asked = service.ask(question);
            metrics.joined(
                    org,
                    asked instanceof Asked.Flying flying ? flying.attachment().role() : Role.REUSED);
            return new Exam(question, deadline, asked);
        } catch (RuntimeException refused) {
            metrics.rejected(org);
            throw refused;
        }
    }

    /// Goes on where the client left: with the flight while it is in memory, else with what is stored of
    /// it.
    private void resume(Exchange exchange, String cursor) throws InterruptedException {
        String org = exchange.caller().org();
        Question question;
        Duration deadline;
        Optional<Asked.Flying> flying;
        Optional<Sessions.Found> stored;
        try {
            question = QuestionReader.read(exchange, true);
            deadline = QuestionReader.deadline(exchange);
            String epoch = EventId.parse(cursor)
                    .orElseThrow(ThreadService::nothingToResume)
                    .epoch();
            flying = service.resume(question, epoch);
            stored = flying.isPresent() ? Optional.empty() : sessions.find(question, epoch);
            if (flying.isEmpty() && stored.isEmpty()) {
                throw ThreadService.nothingToResume();
            }
            metrics.joined(org, flying.map(each -> each.attachment().role()).orElse(Role.REUSED));
        } catch (RuntimeException refused) {
            metrics.rejected(org);
            throw refused;
        }
        if (flying.isPresent()) {
            follow(exchange, new Exam(question, deadline, flying.get()), flying.get(), cursor);
        } else {
            replay(exchange, question, stored.orElseThrow(), cursor);
        }
    }

    private void replay(Exchange exchange, Question question, Sessions.Found stored, String cursor)
            throws InterruptedException {
        var course = new Course(metrics, exchange, question, null);
        exchange.responseHeader("Sluice-Role", Role.REUSED.wireName())
                .responseHeader("Sluice-Flight", stored.view().id());
        Opening opening = stored.log().open(cursor);
        try (Cursor reading = opening.cursor()) {
            if (opening.atEnd()) {
                exchange.sendEmpty(204);
                course.finished(204);
                return;
            }
            exchange.departure().onGone(reading::interrupt);
            SseWriter sse = exchange.sse();
            MessageStream.router(sse, question, stored.view());
            new LogStream(sse, heartbeat).run(opening);
            course.finished(200);
        }
    }

    private void answerAgain(Exchange exchange, Exam exam, ChatResult result) {
        var course = new Course(metrics, exchange, exam.question(), null);
        exchange.responseHeader("Sluice-Role", Role.REUSED.wireName());
        exchange.send(200, "application/json", result.seenBy(exchange.requestId(), course.elapsedMs()));
        course.finished(200);
    }

    private void streamAgain(Exchange exchange, Exam exam, ChatResult result) {
        var course = new Course(metrics, exchange, exam.question(), null);
        exchange.responseHeader("Sluice-Role", Role.REUSED.wireName());
        MessageStream.replay(exchange, course, result);
    }

    private void cancel(Exchange exchange) {
        String requestId = exchange.pathParameter("request_id");
        boolean found = service.active().cancel(exchange.caller().org(), requestId);
        exchange.send(200, Map.of("status", found ? "cancelled" : "not_found", "request_id", requestId));
    }

    private static void announce(Exchange exchange, Asked.Flying flying) {
        Attachment<ChatResult> attachment = flying.attachment();
        exchange.responseHeader("Sluice-Role", attachment.role().wireName())
                .responseHeader("Sluice-Flight", attachment.flight().id());
        if (flying.bypass() != null) {
            exchange.responseHeader("Sluice-Bypass-Reason", flying.bypass());
        }
        if (attachment.role() == Role.REUSED) {
            exchange.responseHeader(
                    "Sluice-Age-Ms", Long.toString(attachment.age().toMillis()));
        }
    }

    private record Exam(Question question, Duration deadline, Asked asked) {}
}
