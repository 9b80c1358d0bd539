package dev.sluice.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// P6: what tempts a coalescer to call again: the leader leaves, the answer expires, the answer must not
/// be stored.
final class EdgeSuite implements Suite {
    private static final int TTL_SECONDS = 1;
    private static final int CLIENTS = 100;
    private static final int LATENCY_MS = 300;

    private final Keys keys = new Keys();

    @Override
    public String name() {
        return "edges";
    }

    @Override
    public String about() {
        return "P6: calls when the leader aborts, the answer expires, or is no-store, beside Varnish";
    }

    /// One case.
    private interface Case {
        Taken take(Contender side, Burst burst) throws IOException, InterruptedException;
    }

    /// @param slowest in milliseconds
    private record Taken(int calls, double slowest) {}

    @Override
    public void run(Run run) throws Exception {
        var all = Contenders.withVarnish(run, TTL_SECONDS);
        List<Burst> bursts = new ArrayList<>();
        for (Contender side : all.sides()) {
            Burst burst = run.own(new Burst(side.port(), CLIENTS));
            bursts.add(burst);
            for (int i = 0; i < run.count(250, 5); i++) {
                burst.fire(side.ask(keys.next(), Plan.plain(20, 500)));
            }
        }
        compare(run, all, bursts, "the leader aborts at L/2, 99 followers", (side, burst) -> abort(all, side, burst));
        compare(run, all, bursts, "100 clients after the answer expired", (side, burst) -> expire(all, side, burst));
        compare(
                run,
                all,
                bursts,
                "100 clients, the answer is no-store",
                (side, burst) -> fire(all, side, burst, plan -> plan.as(Plan.Manner.NO_STORE)));
    }

    private void compare(Run run, Contenders all, List<Burst> bursts, String what, Case each) throws Exception {
        List<Contender> sides = all.sides();
        int turns = run.tailPairs();
        double[][] slowest = new double[sides.size()][turns];
        int[] calls = new int[sides.size()];
        for (int turn = 0; turn < turns; turn++) {
            for (int side = 0; side < sides.size(); side++) {
                Taken taken = each.take(sides.get(side), bursts.get(side));
                slowest[side][turn] = taken.slowest();
                calls[side] = Math.max(calls[side], taken.calls());
            }
        }
        run.report().absolute("P6", what + ": calls", calls[0], "", Limit.atMost(1));
        if (sides.size() < 2) {
            run.report().unmeasured("P6", what, Report.ABSENT);
            return;
        }
        var found = Pairs.Comparison.of(slowest[0], slowest[1]);
        run.report()
                .compared(
                        "P6",
                        what + ": slowest, L = " + LATENCY_MS + " ms",
                        found,
                        "Varnish, " + calls[1] + (calls[1] == 1 ? " call" : " calls"),
                        " ms",
                        Limit.atMost(1.05));
    }

    private Taken abort(Contenders all, Contender side, Burst burst) throws IOException, InterruptedException {
        all.provider().reset();
        byte[] request = side.ask(keys.next(), Plan.plain(LATENCY_MS, 500));
        burst.lead(request);
        all.provider().awaitInAir(1);
        var result = burst.fire(_ -> request, 1, new Burst.Deed(LATENCY_MS / 2 * 1_000_000L, burst::loseLeader));
        return taken(all, side, result);
    }

    private Taken expire(Contenders all, Contender side, Burst burst) throws IOException, InterruptedException {
        byte[] request = side.ask(keys.next(), Plan.plain(LATENCY_MS, 500));
        burst.fire(request);
        Thread.sleep(TTL_SECONDS * 1_000 + 200);
        all.provider().reset();
        return taken(all, side, burst.fire(request));
    }

    private Taken fire(Contenders all, Contender side, Burst burst, UnaryOperator<Plan> how)
            throws IOException, InterruptedException {
        all.provider().reset();
        return taken(all, side, burst.fire(side.ask(keys.next(), how.apply(Plan.plain(LATENCY_MS, 500)))));
    }

    private static Taken taken(Contenders all, Contender side, Burst.Result result)
            throws IOException, InterruptedException {
        if (result.failed() > 0) {
            throw new IOException(result.failed() + " requests to " + side.name() + " failed");
        }
        return new Taken(
                all.provider().stats().calls(), Numbers.millis(result.nanos().max()));
    }
}
