package dev.sluice.bench;

import java.util.List;

/// All suites, in the order in which `all` runs them.
final class Suites {
    static final List<Suite> ALL = List.of(new BurstSuite());

    private Suites() {}
}
