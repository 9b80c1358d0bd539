package dev.sluice.ui.shell;

import dev.sluice.ui.fx.Place;
import dev.sluice.ui.fx.Screen;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// The list of screens, of which exactly one is shown.
final class Navigation {
    private final List<Screen> screens;
    private final List<ToggleButton> buttons;
    private final ToggleGroup group = new ToggleGroup();
    private final Consumer<Screen> open;
    private @Nullable Screen shown;

    Navigation(List<Screen> screens, Pane into, Consumer<Screen> open) {
        this.screens = List.copyOf(screens);
        this.open = open;
        this.buttons = this.screens.stream().map(this::button).toList();
        into.getChildren().addAll(buttons);
    }

    List<Place> places() {
        return screens.stream().map(Screen::place).toList();
    }

    @Nullable
    Screen shown() {
        return shown;
    }

    void select(Place place) {
        int index = places().indexOf(place);
        if (index >= 0) {
            select(index);
        }
    }

    void select(int index) {
        if (buttons.stream().anyMatch(Node::isFocused)) {
            buttons.get(index).requestFocus();
        }
        buttons.get(index).setSelected(true);
        var next = screens.get(index);
        if (next.equals(shown)) {
            return;
        }
        if (shown != null) {
            shown.onHide();
        }
        shown = next;
        open.accept(next);
        next.onShow();
    }

    private ToggleButton button(Screen screen) {
        int index = screens.indexOf(screen);
        var place = screen.place();
        var keys = "Ctrl+" + place.key();
        var name = new Label(place.title());
        HBox.setHgrow(name, Priority.ALWAYS);
        name.setMaxWidth(Double.MAX_VALUE);
        var hint = new Label(keys);
        hint.getStyleClass().add("key-hint");
        hint.setMinWidth(Region.USE_PREF_SIZE);
        var badge = new Label();
        badge.getStyleClass().add("navigation-badge");
        badge.setMinWidth(Region.USE_PREF_SIZE);
        var row = new HBox(new FontIcon(place.icon()), name, badge, hint);
        row.getStyleClass().add("navigation-row");
        var button = new ToggleButton(null, row);
        button.getStyleClass().add("navigation-button");
        button.setMaxWidth(Double.MAX_VALUE);
        row.prefWidthProperty().bind(button.widthProperty().subtract(24));
        button.setToggleGroup(group);
        screen.badge().subscribe(count -> {
            badge.setText(count);
            badge.setVisible(!count.isEmpty());
            badge.setManaged(!count.isEmpty());
            hint.setVisible(count.isEmpty()); // there is room for one of them
            hint.setManaged(count.isEmpty());
            button.setAccessibleText(
                    place.title() + " screen" + (count.isEmpty() ? "" : ", " + count + " wait for an operator"));
        });
        button.setTooltip(new Tooltip(place.meaning() + " (" + keys + ")"));
        button.setOnAction(event -> select(index));
        return button;
    }
}
