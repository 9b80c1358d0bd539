package dev.sluice.service.thread;

import dev.sluice.service.coalesce.Attachment;
import dev.sluice.service.coalesce.Leave;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The chat requests that wait or stream, by tenant and request id, so that a client can cancel its own.
///
/// Request ids are the clients' and may repeat: cancelling one cancels all that bear it within the tenant.
/// Thread-safe.
final class ActiveRequests {
    private record Id(String org, String requestId) {}

    private final ConcurrentHashMap<Id, Set<Attachment<ChatResult>>> active = new ConcurrentHashMap<>();

    void add(String org, String requestId, Attachment<ChatResult> attachment) {
        active.compute(new Id(org, requestId), (id, present) -> {
            Set<Attachment<ChatResult>> set = present == null ? ConcurrentHashMap.newKeySet() : present;
            set.add(attachment);
            return set;
        });
    }

    void remove(String org, String requestId, Attachment<ChatResult> attachment) {
        active.computeIfPresent(new Id(org, requestId), (id, set) -> {
            set.remove(attachment);
            return set.isEmpty() ? null : set;
        });
    }

    /// Detaches the requests of that id; returns whether there were any.
    boolean cancel(String org, String requestId) {
        Set<Attachment<ChatResult>> found = active.remove(new Id(org, requestId));
        if (found == null) {
            return false;
        }
        found.forEach(attachment -> attachment.leave(Leave.CANCELLED));
        return true;
    }

    int size() {
        return active.size();
    }
}
