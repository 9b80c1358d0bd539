package dev.sluice.service.refactor;

/// Thrown to a pipeline whose job was ended by somebody else: there is nothing left to do or to tell.
final class JobEndedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    JobEndedException() {
        super("the job has ended", null, false, false);
    }
}
