package dev.sluice.ui.fx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// A [Question] on a card.
final class QuestionCard {
    private static final String NEVER = "No, until somebody changes it";

    private final Question question;
    private final Consumer<Answer> answer;
    private final Card card;
    private final TextField reason = new TextField();
    private final ComboBox<String> time = new ComboBox<>();
    private final Map<String, String> times = new LinkedHashMap<>();
    private final Button keep;
    private Node first;

    QuestionCard(Question question, Consumer<Answer> answer) {
        this.question = question;
        this.answer = answer;
        this.card = new Card(question.title());
        card.getChildren().add(Card.wrapped(question.text(), "dialog-text"));
        if (!question.effects().isEmpty()) {
            card.getChildren().add(effects(question.effects()));
        }
        keep = Card.button(question.keep(), () -> answer.accept(new Answer.Declined()));
        keep.setCancelButton(true);
        first = keep;
        if (question.extras().revert()) {
            card.getChildren().add(timeField());
        }
        if (question.extras().reason()) {
            card.getChildren().add(reasonField());
            first = reason;
        }
        var buttons = new HBox(keep);
        question.alternative()
                .ifPresent(other ->
                        buttons.getChildren().add(Card.button(other, () -> answer.accept(new Answer.Alternative()))));
        buttons.getChildren().add(question.extras().guard().isEmpty() ? verb() : guarded());
        card.addButtons(buttons);
    }

    Node node() {
        return card;
    }

    Node first() {
        return first;
    }

    private Button verb() {
        var verb = Card.button(question.verb(), this::confirm);
        verb.getStyleClass().add("accent");
        verb.setDefaultButton(true);
        return verb;
    }

    private Button guarded() {
        var word = question.extras().guard();
        var hold = new HoldButton(question.verb(), this::confirm);
        hold.setAccessibleText(question.verb() + ": hold for one second");
        hold.setTooltip(new Tooltip("Hold it, or Space, for one second; or type " + word + " first"));
        var typed = new TextField();
        typed.setPromptText(word);
        typed.setAccessibleText("Type " + word + " to confirm by a press");
        typed.setTooltip(new Tooltip("Once " + word + " stands here, Enter or one press is enough"));
        typed.textProperty().subscribe(text -> {
            boolean right = text.strip().equals(word);
            hold.setPressIsEnough(right);
            hold.setDefaultButton(right);
        });
        var caption =
                Card.wrapped("Hold the button for one second, or type " + word + " and press Enter", "dialog-caption");
        caption.setLabelFor(typed);
        var box = new VBox(caption, typed);
        box.getStyleClass().add("dialog-reason");
        card.getChildren().add(box);
        first = typed;
        return hold;
    }

    private void confirm() {
        var said = Optional.of(reason.getText().strip()).filter(text -> !text.isEmpty());
        var chosen = Optional.ofNullable(times.get(time.getValue()));
        answer.accept(new Answer.Confirmed(said, chosen));
    }

    private VBox timeField() {
        times.put("After 5 minutes", "5m");
        times.put("After 10 minutes", "10m");
        times.put("After 30 minutes", "30m");
        times.put("After 1 hour", "1h");
        times.put("After 4 hours", "4h");
        time.getItems().add(NEVER);
        time.getItems().addAll(times.keySet());
        time.setValue(NEVER);
        time.setAccessibleText("When it goes back by itself");
        time.setTooltip(new Tooltip("The service takes the change back by itself after this time, even if you forget"));
        return captioned("Go back by itself?", time);
    }

    private VBox reasonField() {
        reason.setText(question.extras().suggested());
        reason.setPromptText("For example: provider incident 4711");
        reason.setAccessibleText("Why, optional, kept in the audit");
        reason.setTooltip(new Tooltip("Your words stand in the audit beside your name"));
        return captioned("Why? (optional, kept in the audit)", reason);
    }

    private static VBox captioned(String text, Node control) {
        Label caption = Card.wrapped(text, "dialog-caption");
        caption.setLabelFor(control);
        var box = new VBox(caption, control);
        box.getStyleClass().add("dialog-reason");
        return box;
    }

    private static VBox effects(List<String> effects) {
        var box = new VBox(Card.wrapped("What will happen", "dialog-caption"));
        box.getStyleClass().add("dialog-effects");
        for (var effect : effects) {
            var line = new HBox(new FontIcon("fth-arrow-right"), Card.wrapped(effect, "dialog-effect"));
            line.getStyleClass().add("dialog-effect-line");
            box.getChildren().add(line);
        }
        return box;
    }
}
