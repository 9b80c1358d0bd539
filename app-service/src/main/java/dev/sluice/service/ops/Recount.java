package dev.sluice.service.ops;

import dev.sluice.service.thread.SharedRequest;
import dev.sluice.service.thread.SharedRequests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Counts again what the shared requests of the last hour would have cost under other settings.
final class Recount {
    private final SharedRequests.Memory memory;

    Recount(SharedRequests.Memory memory) {
        this.memory = memory;
    }

    /// Returns how far back it counts, as part of a sentence.
    String span() {
        Duration span = memory.span();
        if (span.compareTo(Duration.ofHours(1)) >= 0) {
            return "the last hour";
        }
        return span.toMinutes() >= 1
                ? "the last " + span.toMinutes() + " min (no more is remembered)"
                : "the last " + Math.max(1, span.toSeconds()) + " s (no more is remembered)";
    }

    /// Without any sharing: each shared request makes its call.
    Sum sharing() {
        return Sum.of(memory.requests());
    }

    /// Without sharing by streams: each streamed request makes its call, and of the plain ones that
    /// shared a stream's call the first.
    Sum streams() {
        var requests = new ArrayList<SharedRequest>();
        var led = new HashSet<String>();
        long concerned = 0;
        for (SharedRequest request : memory.requests()) {
            boolean ledByStream = !request.streamed() && request.ledByStream();
            concerned += request.streamed() || ledByStream ? 1 : 0;
            if (request.streamed() || (ledByStream && led.add(request.flight()))) {
                requests.add(request);
            }
        }
        return new Sum(concerned, requests.size(), tokens(requests));
    }

    /// With results reused for `limit` only.
    Sum results(Duration limit) {
        return reused(limit, request -> !request.failed());
    }

    /// With failures reused for `limit` only.
    Sum failures(Duration limit) {
        return reused(limit, SharedRequest::failed);
    }

    /// Of each call's late listeners the first that comes too late calls anew, and then the first that
    /// comes too late for that one; how long those calls would have taken is left out.
    private Sum reused(Duration limit, Predicate<SharedRequest> kind) {
        double limitMs = limit.toNanos() / 1e6;
        var late = memory.requests().stream()
                .filter(request -> request.reused() && kind.test(request) && request.ageMs() > limitMs)
                .toList();
        var calling = new ArrayList<SharedRequest>();
        late.stream()
                .collect(Collectors.groupingBy(SharedRequest::flight))
                .values()
                .forEach(ofOne -> {
                    double since = 0;
                    for (var request : byAge(ofOne)) {
                        if (request.ageMs() - since > limitMs) {
                            calling.add(request);
                            since = request.ageMs();
                        }
                    }
                });
        return new Sum(late.size(), calling.size(), tokens(calling));
    }

    private static List<SharedRequest> byAge(List<SharedRequest> requests) {
        return requests.stream()
                .sorted(Comparator.comparingDouble(SharedRequest::ageMs))
                .toList();
    }

    private static long tokens(List<SharedRequest> requests) {
        return requests.stream().mapToLong(SharedRequest::tokens).sum();
    }

    /// @param requests how many would have been answered otherwise
    /// @param calls how many calls more that would have been
    /// @param tokens what those calls would have been charged
    record Sum(long requests, long calls, long tokens) {
        static Sum of(List<SharedRequest> requests) {
            return new Sum(requests.size(), requests.size(), Recount.tokens(requests));
        }

        SettingEffects.Effect effect(String text) {
            return new SettingEffects.Effect(text, calls, tokens);
        }
    }
}
