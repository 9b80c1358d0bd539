package dev.sluice.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Sluice and those of its peers that are installed, all in front of one provider.
///
/// @param peers those that are there
record Contenders(Provider provider, Sluice sluice, List<Contender> peers) {
    /// Starts Sluice and Varnish.
    static Contenders withVarnish(Run run, int ttlSeconds) throws IOException, InterruptedException {
        Provider provider = Provider.start(run);
        Sluice sluice = Sluice.start(run, provider, Map.of("COALESCE_RESULT_TTL", ttlSeconds + "s"));
        List<Contender> peers = new ArrayList<>();
        if (Programs.hasVarnish()) {
            peers.add(Varnish.start(run, provider, ttlSeconds));
        }
        return new Contenders(provider, sluice, peers);
    }

    /// Starts Sluice, Varnish, and nginx with one worker and with two.
    static Contenders all(Run run, int ttlSeconds) throws IOException, InterruptedException {
        Contenders two = withVarnish(run, ttlSeconds);
        List<Contender> peers = new ArrayList<>(two.peers);
        if (Programs.hasNginx()) {
            peers.add(NginxCache.start(run, two.provider, 1, ttlSeconds));
            peers.add(NginxCache.start(run, two.provider, 2, ttlSeconds));
        }
        return new Contenders(two.provider, two.sluice, peers);
    }

    /// Returns Sluice first, then its peers.
    List<Contender> sides() {
        List<Contender> sides = new ArrayList<>(List.of(sluice));
        sides.addAll(peers);
        return sides;
    }
}
