package dev.sluice.bench;

import java.util.List;

/// All suites, in the order in which `all` runs them.
final class Suites {
    static final List<Suite> ALL = List.of(
            new DriverSuite(),
            new BurstSuite(),
            new StreamSuite(),
            new EdgeSuite(),
            new OverheadSuite(),
            new ReuseSuite(),
            new FanoutSuite(),
            new IdleSuite(),
            new ReplaySuite(),
            new JmhSuite(),
            new TextSuite(),
            new WindowSuite(),
            new MixedSuite(),
            new SeedSuite(),
            new StartSuite());

    private Suites() {}
}
