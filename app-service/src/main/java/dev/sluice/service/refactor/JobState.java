package dev.sluice.service.refactor;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of a job, in the forms in which it is told. Not thread-safe: guarded by the lock of its
/// [RefactorJob].
final class JobState {
    private final String id;
    private final String userId;
    private final Set<Confirmation> decided = EnumSet.noneOf(Confirmation.class);
    private final List<String> errors = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private Stage stage = Stage.IDLE;
    private Status status = Status.PENDING;
    private double progress;
    private String message = "Accepted.";
    private int retries;
    private @Nullable Confirmation awaited;
    private @Nullable JsonNode confirmationData;
    private @Nullable JsonNode result;
    private @Nullable Ending ending;

    JobState(String id, String userId) {
        this.id = id;
        this.userId = userId;
    }

    Stage stage() {
        return stage;
    }

    String statusWord() {
        return status.wireName();
    }

    boolean ended() {
        return ending != null;
    }

    /// Returns the confirmation that it waits for; null if none.
    @Nullable
    Confirmation awaited() {
        return awaited;
    }

    /// Returns why a confirmation cannot be given now; null if it can.
    @Nullable
    Verdict obstacle(Confirmation what) {
        if (awaited == what) {
            return null;
        }
        return decided.contains(what) ? Verdict.TOO_LATE : Verdict.NOT_AWAITED;
    }

    void begin() {
        status = Status.RUNNING;
    }

    /// @param done 0-1; never shown to go back
    void step(Stage now, double done, String text) {
        stage = now;
        progress = Math.max(progress, done);
        message = text;
    }

    void await(Confirmation what, String text, JsonNode data) {
        stage = what.stage();
        status = Status.PAUSED;
        message = text;
        awaited = what;
        confirmationData = data;
    }

    void decided(String text) {
        settle();
        status = Status.RUNNING;
        message = text;
    }

    void warn(String warning) {
        warnings.add(warning);
    }

    void retried(int times) {
        retries += times;
    }

    void end(Ending how, String text, @Nullable JsonNode done) {
        settle();
        ending = how;
        stage = how.stage();
        status = how.status();
        message = text;
        result = done;
        if (how == Ending.COMPLETED) {
            progress = 1;
        } else if (how != Ending.CANCELLED) {
            errors.add(text);
        }
    }

    private void settle() {
        if (awaited != null) {
            decided.add(awaited);
        }
        awaited = null;
        confirmationData = null;
    }

    RefactorView view(long elapsedMillis) {
        return new RefactorView(
                id,
                userId,
                stage.wireName(),
                status.wireName(),
                progress,
                message,
                elapsedMillis,
                List.copyOf(errors),
                List.copyOf(warnings),
                retries,
                awaited != null,
                confirmationData,
                result);
    }

    RefactorEvents.Progress told(String eventType, Instant at, @Nullable JsonNode data) {
        return new RefactorEvents.Progress(
                id,
                stage.wireName(),
                status.wireName(),
                progress,
                message,
                at,
                data,
                eventType,
                null,
                awaited != null,
                awaited == null ? null : awaited.wireName());
    }

    /// Returns the payload of the terminal event.
    Object last(Instant at, long elapsedMillis) {
        List<String> failed = List.copyOf(errors);
        List<String> warned = List.copyOf(warnings);
        String where = stage.wireName();
        String how = status.wireName();
        return ending != null && ending.event().equals("error")
                ? new RefactorEvents.Failure(
                        "error", id, message, where, how, progress, message, at, elapsedMillis, failed, warned, retries)
                : new RefactorEvents.Complete(
                        id,
                        ending == Ending.COMPLETED,
                        where,
                        how,
                        progress,
                        message,
                        at,
                        elapsedMillis,
                        failed,
                        warned,
                        retries,
                        result);
    }
}
