package dev.sluice.ui.fx;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.transformation.FilteredList;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// The palette: type to find, arrows to move, Enter to do.
final class ChoiceCard {
    private final Card card;
    private final TextField search = new TextField();
    private final ListView<Choice> list;
    private final Consumer<Choice> chosen;

    ChoiceCard(String title, List<Choice> choices, Consumer<Choice> chosen) {
        this.chosen = chosen;
        this.card = new Card(title);
        card.getStyleClass().add("palette");
        var found = new FilteredList<>(FXCollections.observableArrayList(choices));
        this.list = new ListView<>(found);
        list.setCellFactory(view -> new Cell());
        list.setAccessibleText("What was found");
        list.setPlaceholder(Card.wrapped("Nothing is called so", "empty-text"));
        list.setOnMouseClicked(event -> choose());
        list.setFocusTraversable(false);
        search.setPromptText("Type to find a screen or an action");
        search.setAccessibleText("Find a screen or an action");
        search.setTooltip(new Tooltip("Arrows move, Enter does it, Escape closes"));
        search.textProperty().subscribe(text -> {
            var words = text.toLowerCase(Locale.ROOT);
            found.setPredicate(choice -> choice.matches(words));
            list.getSelectionModel().selectFirst();
            speak();
        });
        search.addEventFilter(KeyEvent.KEY_PRESSED, this::steer);
        card.getChildren().addAll(search, list);
        VBox.setVgrow(list, Priority.ALWAYS);
    }

    Node node() {
        return card;
    }

    Node first() {
        return search;
    }

    private void steer(KeyEvent event) {
        switch (event.getCode()) {
            case DOWN -> move(event, 1);
            case UP -> move(event, -1);
            case ENTER -> {
                event.consume();
                choose();
            }
            default -> {
                // it is typed
            }
        }
    }

    private void move(KeyEvent event, int by) {
        event.consume();
        int size = list.getItems().size();
        if (size > 0) {
            int next = Math.floorMod(list.getSelectionModel().getSelectedIndex() + by, size);
            list.getSelectionModel().clearAndSelect(next);
            list.scrollTo(next);
            speak();
        }
    }

    /// The keyboard stays in the field, so the field says what Enter would do.
    private void speak() {
        var choice = list.getSelectionModel().getSelectedItem();
        search.setAccessibleHelp(choice == null ? "Nothing is called so" : "Enter: " + choice.title());
    }

    private void choose() {
        var choice = list.getSelectionModel().getSelectedItem();
        if (choice != null && choice.blocked().isEmpty()) {
            chosen.accept(choice);
        }
    }

    private static final class Cell extends ListCell<Choice> {
        private final FontIcon icon = new FontIcon();
        private final Label title = new Label();
        private final Label meaning = new Label();
        private final Label keys = new Label();
        private final HBox row;

        Cell() {
            title.getStyleClass().add("palette-title");
            title.setMinWidth(Region.USE_PREF_SIZE);
            meaning.getStyleClass().add("palette-meaning");
            meaning.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(meaning, Priority.ALWAYS);
            keys.getStyleClass().add("key-hint");
            keys.setMinWidth(Region.USE_PREF_SIZE);
            row = new HBox(icon, title, meaning, keys);
            row.getStyleClass().add("palette-row");
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(@Nullable Choice choice, boolean empty) {
            super.updateItem(choice, empty);
            if (empty || choice == null) {
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            icon.setIconLiteral(choice.blocked().isEmpty() ? choice.icon() : "fth-lock");
            title.setText(choice.title());
            meaning.setText(choice.blocked().isEmpty() ? choice.meaning() : choice.blocked());
            keys.setText(choice.keys());
            setAccessibleText(choice.title() + ", " + meaning.getText());
            setGraphic(row);
        }
    }
}
