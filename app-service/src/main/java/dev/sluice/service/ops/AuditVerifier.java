package dev.sluice.service.ops;

import dev.sluice.model.ops.AuditView;
import dev.sluice.service.store.StoreUnavailableException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Knows whether the audit's chain is whole: all of it once after the start and on demand, what was added
/// since each time it is asked.
///
/// What it has seen must stay: the removal of the newest entries shows here, though it leaves a shorter
/// chain that is whole. Thread-safe.
final class AuditVerifier {
    private static final System.Logger LOG = System.getLogger(AuditVerifier.class.getName());

    private final AuditRepository audit;
    private final ReentrantLock lock = new ReentrantLock();
    private final InstantSource clock;
    private AuditChain chain = new AuditChain(); // guarded by lock
    private volatile AuditView.Chain state = new AuditView.Chain(true, 0, null);
    private volatile @Nullable Instant brokenSince;

    AuditVerifier(AuditRepository audit, InstantSource clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /// Checks all of it on a thread of its own.
    void start() {
        Thread.ofVirtual().name("audit-check").start(() -> {
            try {
                verify();
            } catch (StoreUnavailableException sick) {
                // the store says so itself; the next who asks checks from here on
                LOG.log(Level.WARNING, "event=audit_not_checked reason=" + sick.reason());
            }
        });
    }

    /// Checks all of it.
    AuditView.Chain verify() {
        lock.lock();
        try {
            long seen = chain.verified();
            var fresh = new AuditChain();
            OptionalLong broken = audit.extend(fresh);
            if (broken.isEmpty() && fresh.verified() < seen) {
                broken = OptionalLong.of(fresh.verified() + 1);
            }
            if (broken.isEmpty()) {
                chain = fresh;
            }
            return found(broken, fresh.verified());
        } finally {
            lock.unlock();
        }
    }

    /// Checks what was added since the last check, unless one goes on.
    ///
    /// @return whether it is whole as far as it was checked
    AuditView.Chain catchUp() {
        if (!state.intact() || !lock.tryLock()) {
            return state;
        }
        try {
            long seen = chain.verified();
            if (seen > 0) {
                var last = audit.links(seen - 1, 1);
                if (last.isEmpty()
                        || last.getFirst().entry().id() != seen
                        || !last.getFirst().hash().equals(chain.newest())) {
                    return found(OptionalLong.of(seen), seen - 1);
                }
            }
            return found(audit.extend(chain), chain.verified());
        } finally {
            lock.unlock();
        }
    }

    /// Returns what the last check found.
    AuditView.Chain state() {
        return state;
    }

    /// Returns when it was found broken; empty if it is not.
    Optional<Instant> brokenSince() {
        return Optional.ofNullable(brokenSince);
    }

    private AuditView.Chain found(OptionalLong broken, long checked) {
        boolean news = state.intact() && broken.isPresent();
        var next =
                new AuditView.Chain(broken.isEmpty(), checked, broken.isPresent() ? (Long) broken.getAsLong() : null);
        if (broken.isEmpty()) {
            brokenSince = null;
        } else if (news) {
            brokenSince = clock.instant();
            LOG.log(Level.ERROR, "event=audit_broken at=" + broken.getAsLong());
        }
        state = next;
        return next;
    }
}
