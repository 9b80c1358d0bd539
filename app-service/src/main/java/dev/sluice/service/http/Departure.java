package dev.sluice.service.http;

import java.util.ArrayList;
import java.util.List;

/// Tells when a request's client has gone: its connection was closed, reset or half-closed before the answer
/// was out.
///
/// Noticed within milliseconds. On event streams it is also told when the service stops. Thread-safe.
public final class Departure {
    private static final System.Logger LOG = System.getLogger(Departure.class.getName());

    private final List<Runnable> listeners = new ArrayList<>();
    private boolean gone;

    Departure() {}

    /// Runs `action` once when the client goes, on another thread, or at once if it has gone. Actions must be
    /// quick.
    public void onGone(Runnable action) {
        synchronized (listeners) {
            if (!gone) {
                listeners.add(action);
                return;
            }
        }
        run(action);
    }

    /// Tells whether the client has gone.
    public boolean gone() {
        synchronized (listeners) {
            return gone;
        }
    }

    void fire() {
        List<Runnable> due;
        synchronized (listeners) {
            if (gone) {
                return;
            }
            gone = true;
            due = List.copyOf(listeners);
            listeners.clear();
        }
        due.forEach(Departure::run);
    }

    /// Forgets the listeners: the answer is out, nobody can leave any more.
    void settle() {
        synchronized (listeners) {
            listeners.clear();
        }
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            // the other listeners must still hear of it
            LOG.log(System.Logger.Level.ERROR, "event=departure_listener_failed", e);
        }
    }
}
