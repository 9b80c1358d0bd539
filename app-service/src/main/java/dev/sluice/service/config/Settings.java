package dev.sluice.service.config;

import dev.sluice.model.ops.SettingView;
import dev.sluice.model.ops.SettingsView;
import dev.sluice.service.config.SettingsRepository.Stored;
import dev.sluice.service.config.SettingsRepository.StoredValue;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The live settings: a stored operator's value over what the service was started with over the default.
///
/// Reading is a volatile read of an immutable state. Thread-safe.
public final class Settings {
    private static final System.Logger LOG = System.getLogger(Settings.class.getName());

    private record State(Stored stored, Map<String, InForce> values) {
        InForce of(Setting setting) {
            InForce now = values.get(setting.name());
            if (now == null) {
                throw new IllegalStateException(setting.name() + " is not in the catalog");
            }
            return now;
        }

        String value(Setting setting) {
            return of(setting).value;
        }
    }

    private final SettingCatalog catalog;
    private final Map<String, StartupValues.Value> startup = new HashMap<>();
    private final List<Consumer<Set<Setting>>> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock publishing = new ReentrantLock();
    private volatile State state;

    /// @throws IllegalArgumentException naming a start-up value that is not acceptable
    public Settings(SettingCatalog catalog, StartupValues values, Stored stored) {
        this.catalog = catalog;
        for (Setting setting : catalog.all()) {
            started(setting, values).ifPresent(value -> startup.put(setting.name(), value));
        }
        this.state = new State(stored, compute(stored));
        warnOfUnusable(new Stored(0, Map.of()), stored);
    }

    public SettingCatalog catalog() {
        return catalog;
    }

    /// Returns whether a flag is on.
    public boolean on(Setting setting) {
        return value(setting).equals("1");
    }

    /// Returns a whole number in force.
    public int number(Setting setting) {
        return Integer.parseInt(value(setting));
    }

    /// Returns a duration in force.
    ///
    /// @throws IllegalArgumentException if the setting is none
    public Duration duration(Setting setting) {
        Duration span = state.of(setting).span;
        if (span == null) {
            throw new IllegalArgumentException(setting.name() + " is not a duration");
        }
        return span;
    }

    /// Returns the value in force, in canonical form.
    public String value(Setting setting) {
        return state.value(setting);
    }

    /// Returns the value in force as soon as no operator sets one: what the service was started with, or
    /// the default.
    public String startupValue(Setting setting) {
        StartupValues.Value started = startup.get(setting.name());
        return started == null ? setting.defaultValue() : started.text();
    }

    /// Returns the value that a stored state puts in force.
    public String valueIn(Stored stored, Setting setting) {
        return inForce(setting, stored).value;
    }

    public long version() {
        return state.stored.version();
    }

    /// Returns the stored state in force.
    public Stored stored() {
        return state.stored;
    }

    /// Returns all settings with where they come from.
    public SettingsView view() {
        State now = state;
        return new SettingsView(
                now.stored.version(),
                catalog.all().stream().map(setting -> view(setting, now)).toList());
    }

    /// Has a listener called after each change of values in force, one change at a time, with the
    /// settings that changed. It must be quick; what it throws is logged.
    public void onChange(Consumer<Set<Setting>> listener) {
        listeners.add(listener);
    }

    /// Puts a newer stored state in force; an older one changes nothing.
    public void publish(Stored newer) {
        publishing.lock();
        try {
            State before = state;
            if (newer.version() <= before.stored.version()) {
                return;
            }
            state = new State(newer, compute(newer));
            warnOfUnusable(before.stored, newer);
            tell(changed(before, state));
        } finally {
            publishing.unlock();
        }
    }

    private Set<Setting> changed(State before, State after) {
        var changed = new HashSet<Setting>();
        for (Setting setting : catalog.all()) {
            if (!before.value(setting).equals(after.value(setting))) {
                changed.add(setting);
            }
        }
        return changed;
    }

    private void tell(Set<Setting> changed) {
        if (changed.isEmpty()) {
            return;
        }
        for (var listener : listeners) {
            try {
                listener.accept(changed);
            } catch (RuntimeException failed) {
                // the change is in force, and the other listeners must hear of it
                LOG.log(Level.ERROR, "event=settings_listener_failed", failed);
            }
        }
    }

    private SettingView view(Setting setting, State now) {
        InForce value = inForce(setting, now.stored);
        var operator = Optional.ofNullable(value.operator);
        var type = setting.type();
        var revert = now.stored.reverts().get(setting.name());
        return new SettingView(
                setting.name(),
                type.word(),
                value.value,
                setting.defaultValue(),
                value.source,
                setting.description(),
                operator.map(StoredValue::changedBy).orElse(null),
                operator.map(StoredValue::changedAt).orElse(null),
                new SettingView.Rule(setting.group(), type.choices(), type.min(), type.max()),
                revert == null ? null : new SettingView.Revert(revert.at(), revert.to()));
    }

    private Map<String, InForce> compute(Stored stored) {
        var values = new HashMap<String, InForce>();
        for (Setting setting : catalog.all()) {
            values.put(setting.name(), inForce(setting, stored));
        }
        return Map.copyOf(values);
    }

    private InForce inForce(Setting setting, Stored stored) {
        StoredValue operator = stored.values().get(setting.name());
        if (operator != null) {
            var usable = usable(setting, operator);
            if (usable.isPresent()) {
                return InForce.of(setting, usable.get(), "operator", operator);
            }
        }
        StartupValues.Value started = startup.get(setting.name());
        return started == null
                ? InForce.of(setting, setting.defaultValue(), "default", null)
                : InForce.of(setting, started.text(), started.source(), null);
    }

    /// A value that another release stored may not be acceptable to this one.
    private static Optional<String> usable(Setting setting, StoredValue operator) {
        try {
            return Optional.of(setting.canonical(operator.value()));
        } catch (IllegalArgumentException unusable) {
            return Optional.empty();
        }
    }

    private void warnOfUnusable(Stored before, Stored now) {
        for (Setting setting : catalog.all()) {
            StoredValue operator = now.values().get(setting.name());
            if (operator != null
                    && !operator.equals(before.values().get(setting.name()))
                    && usable(setting, operator).isEmpty()) {
                LOG.log(
                        Level.WARNING,
                        "event=setting_unusable name=" + setting.name() + " changed_by=" + operator.changedBy()
                                + " in_force=" + valueIn(now, setting));
            }
        }
    }

    private static Optional<StartupValues.Value> started(Setting setting, StartupValues values) {
        return setting.startupNames().stream()
                .flatMap(name -> values.find(name).stream()
                        .map(value ->
                                new StartupValues.Value(setting.type().canonical(name, value.text()), value.source())))
                .findFirst();
    }

    /// @param source where the value comes from, as on the wire
    /// @param operator who set it; null if no operator did
    /// @param span the value as a duration, which requests ask for; null if it is none
    private record InForce(
            String value,
            String source,
            @Nullable StoredValue operator,
            @Nullable Duration span) {
        static InForce of(Setting setting, String value, String source, @Nullable StoredValue operator) {
            Duration span = setting.type() instanceof ValueType.Span ? Durations.parse(setting.name(), value) : null;
            return new InForce(value, source, operator, span);
        }
    }
}
