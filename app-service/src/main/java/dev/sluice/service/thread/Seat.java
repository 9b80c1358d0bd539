package dev.sluice.service.thread;

import dev.sluice.service.coalesce.Attachment;
import dev.sluice.service.coalesce.DeadlineException;
import dev.sluice.service.coalesce.FlightException;
import dev.sluice.service.coalesce.FlightException.Kind;
import dev.sluice.service.coalesce.Leave;
import dev.sluice.service.coalesce.LeftException;
import dev.sluice.service.http.Exchange;
import java.time.Duration;

/// One request's place on a flight and, if that never begins, on the one in its place. Used by the
/// handler's thread; the client's departure and its cancel reach whichever it has.
final class Seat implements AutoCloseable {
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final ThreadService service;
    private final Exchange exchange;
    private final Question question;
    private Asked.Flying flying;
    private boolean moved;

    Seat(ThreadService service, Exchange exchange, Question question, Asked.Flying flying) {
        this.service = service;
        this.exchange = exchange;
        this.question = question;
        this.flying = flying;
    }

    Attachment<ChatResult> attachment() {
        return flying.attachment();
    }

    Asked.Flying flying() {
        return flying;
    }

    /// Lets the client leave and cancel from now on.
    void hold() {
        Attachment<ChatResult> held = attachment();
        service.active().add(question.org(), exchange.requestId(), held);
        exchange.departure().onGone(() -> held.leave(Leave.LOST));
    }

    /// Takes a place on the flight that is elected in place of one that never began; once at most.
    ///
    /// @param left the time this request still has
    /// @return false if it stays where it is
    boolean move(Duration left) throws InterruptedException {
        if (moved || !left.isPositive() || !neverBegan()) {
            return false;
        }
        var next = service.askAgain(question, attachment());
        if (next.isEmpty()) {
            return false;
        }
        moved = true;
        Attachment<ChatResult> before = attachment();
        flying = next.get();
        hold();
        before.left().ifPresent(attachment()::leave); // it left while it moved
        release(before);
        return true;
    }

    @Override
    public void close() {
        release(attachment());
    }

    private void release(Attachment<ChatResult> held) {
        service.active().remove(question.org(), exchange.requestId(), held);
        held.close();
    }

    /// The flight's terminal event may be seen a moment before its end.
    private boolean neverBegan() throws InterruptedException {
        try {
            attachment().await(MOMENT);
            return false;
        } catch (FlightException failure) {
            return failure.kind() == Kind.NOT_BEGUN;
        } catch (DeadlineException | LeftException gone) {
            return false;
        }
    }
}
