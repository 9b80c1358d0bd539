package dev.sluice.service.refactor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import dev.sluice.service.coalesce.Clock;
import dev.sluice.service.replay.EventLog;
import dev.sluice.service.replay.LogClosedException;
import dev.sluice.service.replay.LogFullException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One job and its log: whatever decides something about it (a person, the clock, the pipeline, an
/// operator) does so here, and one of them wins.
///
/// Invariants, under the lock:
/// - the log tells each change of state in the order in which they happened;
/// - a confirmation is awaited only while the job has not ended, and is decided once;
/// - once the job has ended nothing changes any more.
///
/// Appending to the log is done under the lock: it takes memory and no I/O. Thread-safe.
final class RefactorJob implements Pipeline.Course {
    private final String id;
    private final RefactorRequest request;
    private final EventLog log;
    private final Clock clock;
    private final BiConsumer<RefactorJob, Ending> onEnd;
    private final long beganNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final JobState state; // this and the rest guarded by the lock
    private long endedNanos;
    private @Nullable Decision decision;
    private @Nullable Thread worker;
    private @Nullable BooleanSupplier waitingForTurn;

    /// @param log empty; nobody else appends to it
    /// @param onEnd told how it ends, under the lock, before its terminal event is appended
    RefactorJob(String id, RefactorRequest request, EventLog log, Clock clock, BiConsumer<RefactorJob, Ending> onEnd) {
        this.id = id;
        this.request = request;
        this.log = log;
        this.clock = clock;
        this.onEnd = onEnd;
        this.beganNanos = clock.nanoTime();
        this.state = new JobState(id, request.userId());
    }

    String id() {
        return id;
    }

    String org() {
        return request.org();
    }

    /// Has the calling thread perform the job; returns when it has ended, whoever ended it.
    ///
    /// @throws RuntimeException if the pipeline failed in a way it should not; the job has ended then
    void run(Pipeline.Run run) {
        try {
            begin();
            Pipeline.Result done = run.perform(this);
            end(Ending.COMPLETED, done.message(), Json.mapper().valueToTree(done.data()));
        } catch (JobEndedException over) {
            // told by whoever ended it
        } catch (InterruptedException interrupted) {
            end(Ending.INTERRUPTED, "The job was interrupted; nothing more was done.", null);
        } catch (PipelineException failed) {
            end(Ending.FAILED, failed.message(), null);
        } catch (RuntimeException | Error defect) {
            end(Ending.FAILED, "The job failed inside the service.", null);
            throw defect;
        } finally {
            run.ended();
        }
    }

    /// Ends it at once with an answer that took no work.
    void answer(String text) {
        end(Ending.COMPLETED, text, null);
    }

    /// Answers what it waits for.
    Verdict decide(Confirmation what, Decision answer) {
        return locked(() -> {
            seeLog();
            Verdict obstacle = state.obstacle(what);
            if (obstacle != null) {
                return obstacle;
            }
            boolean modified = answer instanceof Decision.PlanModified;
            state.decided("The " + what.wireName() + (modified ? " is to be modified." : " was confirmed."));
            decision = answer;
            changed.signalAll();
            return append("confirmed", null) ? Verdict.WON : Verdict.TOO_LATE;
        });
    }

    /// Ends it because a person refused what it waits for.
    Verdict refuse(Confirmation what) {
        return locked(() -> {
            seeLog();
            Verdict obstacle = state.obstacle(what);
            if (obstacle != null) {
                return obstacle;
            }
            String told = "Cancelled instead of confirming the " + what.wireName() + "; nothing more was done.";
            return end(Ending.CANCELLED, told, null) ? Verdict.WON : Verdict.TOO_LATE;
        });
    }

    /// Ends it on a person's demand; false if it had ended.
    boolean cancel() {
        return locked(() -> end(
                Ending.CANCELLED, "Cancelled in stage " + state.stage().wireName() + "; nothing more was done.", null));
    }

    /// Ends it because its time is up; false if it had ended.
    boolean timeOut() {
        return locked(() -> {
            String limit = "within timeout_seconds (" + request.timeout().toSeconds() + ")";
            Confirmation open = state.awaited();
            String told = open == null
                    ? "Not finished " + limit + ": stopped in stage "
                            + state.stage().wireName() + "."
                    : "Nobody confirmed the " + open.wireName() + " " + limit + "; nothing more was done.";
            return end(Ending.FAILED, told, null);
        });
    }

    /// Ends it because the service stops; false if it had ended.
    boolean interrupt() {
        return end(Ending.INTERRUPTED, "The service stops; what follows was never done. Ask again later.", null);
    }

    /// Ends it if it is asking a provider; false if it is not.
    ///
    /// @param onlyWaiting leaves it alone once the provider was called
    boolean stopAsking(boolean onlyWaiting, String why) {
        return locked(() -> {
            BooleanSupplier waits = waitingForTurn;
            return waits != null && (!onlyWaiting || waits.getAsBoolean()) && end(Ending.FAILED, why, null);
        });
    }

    /// Describes it as it is now.
    RefactorView view() {
        return locked(() -> {
            seeLog();
            return state.view(elapsedMillis());
        });
    }

    @Override
    public void report(Stage stage, String eventType, double progress, String message, @Nullable Object data) {
        locked(() -> {
            requireRunning();
            state.step(stage, progress, message);
            requireTold(append(eventType, data == null ? null : Json.mapper().valueToTree(data)));
            return true;
        });
    }

    @Override
    public Decision confirm(Confirmation what, String message, Object data) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            requireRunning();
            decision = null;
            JsonNode shown = Json.mapper().valueToTree(data);
            state.await(what, message, shown);
            requireTold(append("confirmation", shown));
            while (true) {
                requireRunning();
                Decision answer = decision;
                if (answer != null) {
                    return answer;
                }
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void warn(String warning) {
        locked(() -> {
            state.warn(warning);
            return true;
        });
    }

    @Override
    public void retried(int times) {
        locked(() -> {
            state.retried(times);
            return true;
        });
    }

    @Override
    public void asking(@Nullable BooleanSupplier waiting) {
        locked(() -> {
            waitingForTurn = waiting;
            return true;
        });
    }

    private void begin() {
        locked(() -> {
            requireRunning();
            worker = Thread.currentThread();
            state.begin();
            return true;
        });
    }

    /// Ends it unless it has ended: the one door for all who may.
    ///
    /// @return whether it was this that ended it
    private boolean end(Ending how, String text, @Nullable JsonNode result) {
        return locked(() -> {
            if (state.ended()) {
                return false;
            }
            close(how, text, result);
            try {
                tellEnd(how);
                return true;
            } catch (LogClosedException unstored) {
                return false; // the store refused the log, whose own end says so
            }
        });
    }

    private void tellEnd(Ending how) {
        try {
            log.append("progress", Json.bytes(state.told(state.statusWord(), clock.now(), null)));
        } catch (LogFullException full) {
            // the terminal event tells the same and always fits
        }
        log.end(how.event(), Json.bytes(state.last(clock.now(), elapsedMillis())));
    }

    private void close(Ending how, String text, @Nullable JsonNode result) {
        endedNanos = clock.nanoTime();
        state.end(how, text, result);
        waitingForTurn = null;
        onEnd.accept(this, how);
        changed.signalAll();
        Thread performing = worker;
        if (performing != null && !performing.equals(Thread.currentThread())) {
            performing.interrupt();
        }
    }

    /// Appends the state as it is now; false if the job ended instead, because the log takes no more.
    private boolean append(String eventType, @Nullable JsonNode data) {
        try {
            log.append("progress", Json.bytes(state.told(eventType, clock.now(), data)));
            return true;
        } catch (LogFullException full) {
            end(Ending.BROKEN, "The session has grown over its limit and has ended.", null);
            return false;
        } catch (LogClosedException unstored) {
            seeLog();
            return false;
        }
    }

    /// A log that the store refused has ended by itself, and the job with it.
    private void seeLog() {
        if (!state.ended() && log.ended()) {
            close(Ending.BROKEN, "The session could not be stored and has ended.", null);
        }
    }

    private void requireRunning() {
        if (state.ended()) {
            throw new JobEndedException();
        }
    }

    private static void requireTold(boolean told) {
        if (!told) {
            throw new JobEndedException();
        }
    }

    private long elapsedMillis() {
        return TimeUnit.NANOSECONDS.toMillis((state.ended() ? endedNanos : clock.nanoTime()) - beganNanos);
    }

    private <T> T locked(Step<T> step) {
        lock.lock();
        try {
            return step.take();
        } finally {
            lock.unlock();
        }
    }

    private interface Step<T> {
        T take();
    }
}
