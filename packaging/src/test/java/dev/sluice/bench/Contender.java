package dev.sluice.bench;

import java.util.List;

/// Something between clients and the fake provider that shares its answers.
interface Contender extends AutoCloseable {
    String name();

    int port();

    /// Returns its processes.
    List<Long> pids();

    /// Returns a request that is answered by one provider call however often it is sent at once.
    ///
    /// @param key what tells it from other requests
    byte[] ask(String key, Plan plan);

    @Override
    void close();
}
