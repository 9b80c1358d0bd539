package dev.sluice.ui.fx;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.value.ChangeListener;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// Dialogs inside the window, over a scrim: they take its theme, and the figures behind them stay in sight. One at a
/// time; the keyboard stays in it until it is answered.
public final class ModalDialogs implements Dialogs {
    private final StackPane scrim;
    private final ChangeListener<@Nullable Node> leash = (o, before, now) -> keepFocus(now);
    private Runnable dismiss = () -> {};
    private @Nullable Node returnTo;

    /// Creates dialogs that appear in `scrim`, which lies over everything else and is invisible between dialogs.
    public ModalDialogs(StackPane scrim) {
        this.scrim = scrim;
        scrim.getStyleClass().add("scrim");
        scrim.setVisible(false);
        scrim.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                event.consume();
                dismiss.run();
            }
        });
    }

    @Override
    public void ask(Question question, Consumer<Answer> answer) {
        dismiss.run();
        var card = card(question.title());
        var text = wrapped(question.text(), "dialog-text");
        card.getChildren().add(text);
        if (!question.effects().isEmpty()) {
            card.getChildren().add(effects(question.effects()));
        }
        var reason = new TextField();
        if (question.asksReason()) {
            card.getChildren().add(reasonField(reason));
        }
        var keep = button(question.keep(), () -> end(answer, new Answer.Declined()));
        keep.setCancelButton(true);
        var verb = button(question.verb(), () -> end(answer, new Answer.Confirmed(said(reason.getText()))));
        verb.getStyleClass().add("accent");
        verb.setDefaultButton(true);
        var buttons = new HBox(keep);
        question.alternative()
                .ifPresent(other ->
                        buttons.getChildren().add(button(other, () -> end(answer, new Answer.Alternative()))));
        buttons.getChildren().add(verb);
        open(card, buttons, question.asksReason() ? reason : keep);
        dismiss = () -> end(answer, new Answer.Declined());
    }

    @Override
    public void showText(String title, Supplier<List<String>> lines) {
        dismiss.run();
        var card = card(title);
        card.getStyleClass().add("wide-dialog");
        var area = new TextArea();
        area.setEditable(false);
        area.getStyleClass().add("log-text");
        area.setAccessibleText(title);
        area.setTooltip(new Tooltip("The latest lines are at the end"));
        VBox.setVgrow(area, Priority.ALWAYS);
        Runnable refresh = () -> {
            var text = String.join("\n", lines.get());
            area.setText(text.isEmpty() ? "No output." : text);
            area.positionCaret(area.getLength());
        };
        refresh.run();
        card.getChildren().add(area);
        var close = button("Close", this::close);
        close.setCancelButton(true);
        open(card, new HBox(button("Refresh", refresh), close), close);
        dismiss = this::close;
    }

    private void end(Consumer<Answer> answer, Answer given) {
        close();
        answer.accept(given);
    }

    private void open(VBox card, HBox buttons, Node first) {
        buttons.getStyleClass().add("dialog-buttons");
        buttons.setAlignment(Pos.CENTER_RIGHT);
        card.getChildren().add(buttons);
        scrim.getChildren().setAll(card);
        scrim.setVisible(true);
        var scene = scrim.getScene();
        if (scene != null) {
            returnTo = scene.getFocusOwner();
            scene.focusOwnerProperty().addListener(leash);
        }
        first.requestFocus();
    }

    private void close() {
        dismiss = () -> {};
        var scene = scrim.getScene();
        if (scene != null) {
            scene.focusOwnerProperty().removeListener(leash);
        }
        scrim.getChildren().clear();
        scrim.setVisible(false);
        var back = returnTo;
        returnTo = null;
        if (back != null) {
            back.requestFocus();
        }
    }

    private void keepFocus(@Nullable Node now) {
        for (var node = now; node != null; node = node.getParent()) {
            if (node.equals(scrim)) {
                return;
            }
        }
        scrim.lookupAll(".button").stream().findFirst().ifPresent(Node::requestFocus);
    }

    private static VBox card(String title) {
        var heading = wrapped(title, "dialog-title");
        var card = new VBox(heading);
        card.getStyleClass().add("dialog-card");
        card.setAccessibleRole(AccessibleRole.DIALOG);
        card.setAccessibleText(title);
        card.setMaxHeight(Region.USE_PREF_SIZE);
        return card;
    }

    private static VBox effects(List<String> effects) {
        var box = new VBox(wrapped("What will happen", "dialog-caption"));
        box.getStyleClass().add("dialog-effects");
        for (var effect : effects) {
            var line = new HBox(new FontIcon("fth-arrow-right"), wrapped(effect, "dialog-effect"));
            line.getStyleClass().add("dialog-effect-line");
            box.getChildren().add(line);
        }
        return box;
    }

    private static VBox reasonField(TextField reason) {
        var caption = wrapped("Why? (optional, kept in the audit)", "dialog-caption");
        caption.setLabelFor(reason);
        reason.setPromptText("For example: provider incident 4711");
        reason.setAccessibleText("Why, optional, kept in the audit");
        reason.setTooltip(new Tooltip("Your words stand in the audit beside your name"));
        var box = new VBox(caption, reason);
        box.getStyleClass().add("dialog-reason");
        return box;
    }

    private static Button button(String text, Runnable deed) {
        var button = new Button(text);
        button.setOnAction(event -> deed.run());
        button.setAccessibleText(text);
        button.setTooltip(new Tooltip(text));
        return button;
    }

    private static Label wrapped(String text, String style) {
        var label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.getStyleClass().add(style);
        return label;
    }

    private static Optional<String> said(String text) {
        return Optional.of(text.strip()).filter(said -> !said.isEmpty());
    }
}
