package dev.sluice.service.refactor;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What performs jobs. Thread-safe.
public interface Pipeline {
    /// Takes a job on, without beginning it.
    ///
    /// @throws dev.sluice.service.http.ApiException 400, 429 or 503 if it cannot be done now
    Run admit(RefactorRequest request);

    /// One job's performance, on a thread of its own.
    interface Run {
        /// Returns who is asked.
        String provider();

        /// Returns the model asked.
        String model();

        /// Returns whether its answers are made up.
        boolean simulated();

        /// Performs the job and tells `course` what it really does.
        ///
        /// @throws PipelineException if it cannot be completed
        /// @throws InterruptedException if the job was ended meanwhile
        Result perform(Course course) throws InterruptedException;

        /// Called once, when the job is over, or did not begin.
        default void ended() {}
    }

    /// What a pipeline tells of its progress and learns from people. Each method throws [JobEndedException]
    /// once the job was ended by somebody else.
    interface Course {
        /// Tells a step.
        ///
        /// @param eventType what kind of news it is, such as `stage` or `plan`
        /// @param progress 0-1; never shown to go back
        /// @param data further facts, to be written as JSON; null if there are none
        void report(Stage stage, String eventType, double progress, String message, @Nullable Object data);

        /// Asks a person and waits for the answer.
        ///
        /// @param data what they are to confirm, to be written as JSON
        Decision confirm(Confirmation what, String message, Object data) throws InterruptedException;

        /// Notes something that clients should know of a job that goes on.
        void warn(String warning);

        /// Notes that something was tried again.
        void retried(int times);

        /// Notes whether the job is asking a provider, so that operators can stop it.
        ///
        /// @param waiting tells whether it still waits for its turn; null if nobody is being asked
        void asking(@Nullable BooleanSupplier waiting);
    }

    /// What was done.
    ///
    /// @param message in one sentence
    /// @param data to be written as JSON
    record Result(String message, Object data) {}
}
