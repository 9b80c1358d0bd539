package dev.sluice.service.ops;

import dev.sluice.model.ops.ProviderView;
import dev.sluice.service.config.Durations;
import dev.sluice.service.config.Setting;
import dev.sluice.service.config.Settings;
import dev.sluice.service.thread.ChatMetrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Says what a setting's new value would do, with the numbers of now and of the last hour. Thread-safe.
final class SettingEffects {
    /// As many finished requests as are remembered.
    private static final int MAX_RECENT = 10_000;

    private final Settings settings;
    private final ChatMetrics metrics;
    private final IntSupplier inFlight;
    private final Supplier<List<ProviderView>> providers;
    private final TextEffects texts;
    private final InstantSource clock;

    /// @param inFlight tells how many flights are in the air
    SettingEffects(
            Settings settings,
            ChatMetrics metrics,
            IntSupplier inFlight,
            Supplier<List<ProviderView>> providers,
            TextEffects texts,
            InstantSource clock) {
        this.settings = settings;
        this.metrics = metrics;
        this.inFlight = inFlight;
        this.providers = providers;
        this.texts = texts;
        this.clock = clock;
    }

    /// @param before the value in force, canonical
    /// @param after the value wanted, canonical and another
    Effect of(Setting setting, String before, String after) {
        var recount = new Recount(metrics.shared().lastHour(clock.instant()));
        if (setting.equals(Setting.COALESCE_ENABLED)) {
            return after.equals("1") ? sharingOn() : sharingOff(recount);
        }
        if (setting.equals(Setting.STREAM_FANOUT_ENABLED)) {
            return after.equals("1") ? streamsOn() : streamsOff(recount);
        }
        if (setting.equals(Setting.COALESCE_RESULT_TTL)) {
            return reuse("answers", setting, before, after, recount, recount::results);
        }
        if (setting.equals(Setting.COALESCE_ERROR_TTL)) {
            return reuse("failures", setting, before, after, recount, recount::failures);
        }
        if (setting.equals(Setting.LINGER_PLAIN) || setting.equals(Setting.LINGER_STREAM)) {
            String whose = setting.equals(Setting.LINGER_PLAIN) ? "plain" : "streaming";
            return Effect.words("For requests from now on, a call whose last " + whose
                    + " listener's connection broke goes on for " + after + "." + inAir());
        }
        if (setting.equals(Setting.OUTBOUND)) {
            return outbound(after);
        }
        if (setting.equals(Setting.ORG_REQUESTS_PER_MINUTE)) {
            return Effect.words(
                    after.equals("0")
                            ? "No org has a limit of provider calls any more."
                            : "Each org may cause " + after
                                    + " provider calls a minute; requests that share a call cost nothing.");
        }
        Optional<String> ofTexts = texts.of(setting, after);
        if (ofTexts.isPresent()) {
            return Effect.words(ofTexts.get());
        }
        return settings.catalog()
                .providerOf(setting)
                .map(provider -> limits(provider, setting, after))
                .orElseGet(() -> Effect.words("It is " + after + " from now on."));
    }

    private Effect sharingOff(Recount recount) {
        var all = recount.sharing();
        return all.effect("Every new request calls the provider itself; flights in the air finish. "
                + (all.calls() == 0
                        ? "In " + recount.span() + " no request shared a call."
                        : all.requests() + " requests of " + recount.span() + " shared a call: alone they would have"
                                + " made " + all.calls() + " more calls, of " + all.tokens() + " tokens.")
                + inAir());
    }

    private Effect sharingOn() {
        return Effect.words(
                "Identical requests share one provider call from now on." + flewAlone("disabled"::equals) + inAir());
    }

    private Effect streamsOff(Recount recount) {
        if (!settings.on(Setting.COALESCE_ENABLED)) {
            return Effect.words(
                    "Nothing while COALESCE_ENABLED is off: every stream calls the provider itself already.");
        }
        var streams = recount.streams();
        return streams.effect("Every new stream calls the provider itself; flights in the air finish. "
                + (streams.requests() == 0
                        ? "In " + recount.span() + " no stream shared a call."
                        : streams.requests() + " requests of " + recount.span() + " shared a call by a stream's grace:"
                                + " without it there would have been " + streams.calls() + " more calls, of "
                                + streams.tokens() + " tokens.")
                + inAir());
    }

    private Effect streamsOn() {
        if (!settings.on(Setting.COALESCE_ENABLED)) {
            return Effect.words("Nothing while COALESCE_ENABLED is off.");
        }
        return Effect.words(
                "Streamed requests share calls from now on." + flewAlone("stream-disabled"::equals) + inAir());
    }

    private Effect reuse(
            String what,
            Setting setting,
            String before,
            String after,
            Recount recount,
            Function<Duration, Recount.Sum> olderThan) {
        Duration limit = Durations.parse(setting.name(), after);
        String rule = "New " + what + " are reused for " + after + " instead of " + before + ". ";
        if (limit.compareTo(Durations.parse(setting.name(), before)) > 0) {
            return Effect.words(rule + "How many more requests would have been reused is not known.");
        }
        var older = olderThan.apply(limit);
        return older.effect(rule
                + (older.requests() == 0
                        ? "In " + recount.span() + " none was older than that when it was reused."
                        : older.requests() + " requests of " + recount.span() + " were given older ones; answering them"
                                + " anew would have taken " + older.calls() + " calls, of " + older.tokens()
                                + " tokens."));
    }

    private Effect outbound(String after) {
        int queued = providers.get().stream().mapToInt(ProviderView::queued).sum();
        String now = " Now in the air: " + inFlight.getAsInt() + "; calls that wait for a provider: " + queued + ".";
        return Effect.words(
                switch (after) {
                    case "stop" ->
                        "No provider is called and no reply is sent; intake goes on. Calls that wait end at once, those"
                                + " being answered after the grace (SLUICE_GRACE)." + now;
                    case "hold-replies" -> "Replies are held; providers are called." + now;
                    default -> "Providers are called and replies are sent." + now;
                });
    }

    private Effect limits(String provider, Setting setting, String after) {
        var view = providers.get().stream()
                .filter(candidate -> candidate.name().equals(provider))
                .findFirst();
        String rule = setting.name() + " is " + after + " for calls from now on; those in the air are not touched.";
        if (view.isEmpty()) {
            return Effect.words(rule);
        }
        ProviderView now = view.get();
        String over = "";
        if (setting.equals(settings.catalog().provider(provider).concurrency())) {
            int more = now.inUse() - Integer.parseInt(after);
            over = more > 0 ? " Until " + more + " of them have ended, none begins." : "";
        }
        return Effect.words(rule + " Now " + now.inUse() + " of " + now.slots() + " slots are in use and "
                + now.queued() + " calls wait." + over);
    }

    /// Whether requests that flew alone would have met is not known: only that the switch made them.
    private String flewAlone(Predicate<@Nullable String> reason) {
        Instant hourAgo = clock.instant().minus(Duration.ofHours(1));
        var recent = metrics.recent(MAX_RECENT);
        long alone = recent.stream()
                .filter(request -> request.at().isAfter(hourAgo) && reason.test(request.reason()))
                .count();
        boolean whole = recent.size() < MAX_RECENT || recent.getLast().at().isBefore(hourAgo);
        return " In the last hour " + (whole ? "" : "at least ") + alone
                + " requests called alone because it was off; how many would have shared is not known.";
    }

    private String inAir() {
        return " Now in the air: " + inFlight.getAsInt() + ".";
    }

    /// @param callsAdded null if it changes no calls, or nobody knows
    /// @param tokensAdded null with `callsAdded`
    record Effect(
            String text,
            @Nullable Long callsAdded,
            @Nullable Long tokensAdded) {
        static Effect words(String text) {
            return new Effect(text, null, null);
        }
    }
}
