package dev.sluice.ui.shell;

import dev.sluice.model.ops.SettingView;
import dev.sluice.ui.fx.Appearance;
import dev.sluice.ui.fx.Choice;
import dev.sluice.ui.fx.Density;
import dev.sluice.ui.fx.Place;
import dev.sluice.ui.fx.Route;
import dev.sluice.ui.fx.Theme;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.scene.Scene;
import javafx.scene.input.KeyCombination;

/// Everything the window can do at any time: the one list behind keys, palette and keyboard help.
final class Deeds {
    private final ShellActions actions;
    private final StatusViewModel status;
    private final StopViewModel stop;
    private final Route route;
    private final Appearance look;
    private final Runnable find;
    private final Supplier<List<Choice>> here;

    /// @param find gives the keyboard to what searches the screen
    /// @param here what the screen that is shown can do
    Deeds(
            ShellActions actions,
            StatusViewModel status,
            StopViewModel stop,
            Route route,
            Appearance look,
            Runnable find,
            Supplier<List<Choice>> here) {
        this.actions = actions;
        this.status = status;
        this.stop = stop;
        this.route = route;
        this.look = look;
        this.find = find;
        this.here = here;
    }

    /// Binds the keys of a scene.
    void bind(Scene scene, Runnable palette) {
        for (var deed : all(palette)) {
            if (!deed.keys().isEmpty()) {
                scene.getAccelerators().put(KeyCombination.keyCombination(deed.keys()), () -> act(deed));
            }
        }
    }

    /// Opens the palette: what the screen can do, the deeds, then the settings.
    void openPalette() {
        var choices = new ArrayList<>(here.get());
        all(this::openPalette).forEach(deed -> choices.add(deed.choice()));
        actions.settings().get().forEach(setting -> choices.add(choice(setting)));
        actions.dialogs().choose("Go to or do", choices);
    }

    private void act(Deed deed) {
        if (!actions.asking().getAsBoolean() && deed.blocked().get().isEmpty()) {
            deed.act().run();
        }
    }

    private List<Deed> all(Runnable palette) {
        return Stream.concat(
                        Stream.of(Place.values()).map(this::goTo),
                        Stream.of(
                                Deed.free(
                                        "Find a screen or an action",
                                        "This list",
                                        "Shortcut+K",
                                        "fth-command",
                                        palette),
                                Deed.free(
                                        "Find on this screen",
                                        "Gives the keyboard to its search field",
                                        "Shortcut+F",
                                        "fth-search",
                                        find),
                                Deed.free(
                                        "Pause or resume the figures",
                                        "What happens meanwhile is counted",
                                        "Shortcut+P",
                                        "fth-pause",
                                        status::togglePause),
                                new Deed(
                                        "Stop everything that leaves",
                                        "No provider call, no SMS; asks twice",
                                        "Shortcut+Shift+S",
                                        "fth-octagon",
                                        () -> stop.face().get().halted()
                                                ? "It is stopped already"
                                                : stop.face().get().blocked(),
                                        stop::stop),
                                new Deed(
                                        "Let traffic go on",
                                        "Ends a stop, asks first",
                                        "Shortcut+Shift+G",
                                        "fth-play",
                                        () -> stop.face().get().flowing()
                                                ? "Nothing is held back"
                                                : stop.face().get().blocked(),
                                        stop::resume),
                                Deed.free(
                                        "Show the service's log",
                                        "Output of the bundled service",
                                        "Shortcut+L",
                                        "fth-terminal",
                                        actions.showLog()),
                                Deed.free(
                                        "Connect now",
                                        "Without waiting for the next try",
                                        "Shortcut+R",
                                        "fth-refresh-cw",
                                        actions.retry()),
                                Deed.free("Keys", "Everything that has a key", "F1", "fth-help-circle", this::showKeys),
                                theme(Theme.LIGHT),
                                theme(Theme.DARK),
                                theme(Theme.SYSTEM),
                                Deed.free(
                                        "Compact or comfortable",
                                        "How much room rows and tiles get",
                                        "",
                                        "fth-minimize-2",
                                        this::toggleDensity)))
                .toList();
    }

    private Deed goTo(Place place) {
        return Deed.free(
                place.title(), place.meaning(), "Shortcut+" + place.key(), place.icon(), () -> route.open(place, ""));
    }

    private Deed theme(Theme theme) {
        var name = LooksMenu.name(theme).replace("_", "");
        return Deed.free(
                "Theme: " + name,
                "How the console looks",
                "",
                "fth-sun",
                () -> look.theme().set(theme));
    }

    private void toggleDensity() {
        look.density().set(look.density().get() == Density.COMPACT ? Density.COMFORTABLE : Density.COMPACT);
    }

    private Choice choice(SettingView setting) {
        return new Choice(
                "Setting " + setting.name(),
                setting.description(),
                "",
                "fth-sliders",
                "",
                () -> route.open(Place.CONTROLS, setting.name()));
    }

    private void showKeys() {
        var lines = new ArrayList<String>();
        all(() -> {}).stream()
                .filter(deed -> !deed.keys().isEmpty())
                .forEach(deed -> lines.add(String.format("%-14s  %s", deed.shownKeys(), deed.title())));
        lines.addAll(List.of(
                "",
                "Tab, Shift+Tab  Next, previous control",
                "Space, Enter    Press a button, turn a switch, open a tile",
                "Arrows          Move in tables, lists and the palette",
                "Among senders   F flush, H hold or release, E extend, D drop, U undo",
                "In a log        Arrows, Page Up and Down, Home, End; Space plays and pauses, + - speed, E next error",
                "Escape          Close details, the palette or a question; nothing is changed",
                "Alt+letter      The button whose letter is underlined while Alt is held"));
        actions.dialogs().showText("Keys", () -> lines);
    }
}
