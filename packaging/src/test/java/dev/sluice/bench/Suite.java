package dev.sluice.bench;

/// Some goals that are measured together.
interface Suite {
    /// Returns the word by which it is asked for.
    String name();

    /// Returns the goals it measures and how, in one line.
    String about();

    /// Measures, and tells each result to the run's report. Starts and stops everything it needs.
    void run(Run run) throws Exception;
}
