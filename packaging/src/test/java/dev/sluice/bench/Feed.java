package dev.sluice.bench;

import java.util.List;

/// Something that has many readers of one stream of events.
interface Feed {
    String name();

    int port();

    /// Returns its processes.
    List<Long> pids();

    /// Begins a channel of its own: events as the plan says, the first after its latency.
    Channel open(Plan plan) throws Exception;

    /// One stream of events under way.
    interface Channel extends AutoCloseable {
        /// Returns a reader's request.
        ///
        /// @param after the number of the last event it has; 0 for none
        byte[] read(long after);

        /// Waits until the last event was published.
        void awaitPublished() throws Exception;

        @Override
        void close();
    }
}
