package dev.sluice.ui.shell;

import dev.sluice.ui.fx.Appearance;
import dev.sluice.ui.fx.Density;
import dev.sluice.ui.fx.Theme;
import java.util.EnumMap;
import java.util.Map;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleGroup;

/// The menu of themes and densities.
final class LooksMenu {
    private LooksMenu() {}

    static void fill(MenuButton menu, Appearance look) {
        var group = new ToggleGroup();
        Map<Theme, RadioMenuItem> items = new EnumMap<>(Theme.class);
        for (var theme : Theme.values()) {
            var item = new RadioMenuItem(name(theme));
            item.setToggleGroup(group);
            item.setOnAction(event -> look.theme().set(theme));
            items.put(theme, item);
            menu.getItems().add(item);
        }
        look.theme().subscribe(theme -> items.forEach((each, item) -> item.setSelected(each == theme)));
        var compact = new CheckMenuItem("_Compact");
        look.density().subscribe(density -> compact.setSelected(density == Density.COMPACT));
        compact.setOnAction(event -> look.density().set(compact.isSelected() ? Density.COMPACT : Density.COMFORTABLE));
        menu.getItems().addAll(new SeparatorMenuItem(), compact);
    }

    static String name(Theme theme) {
        return switch (theme) {
            case LIGHT -> "_Light";
            case DARK -> "_Dark";
            case SYSTEM -> "As the _desktop";
        };
    }
}
