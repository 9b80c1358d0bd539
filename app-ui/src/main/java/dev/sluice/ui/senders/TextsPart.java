package dev.sluice.ui.senders;

import dev.sluice.model.sms.TextView;
import dev.sluice.ui.fx.Figures;
import dev.sluice.ui.parts.PlainText;
import java.time.ZoneId;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// The texts that wait, one by one: twins are marked, and can be let count.
final class TextsPart {
    private final VBox box;
    private final SenderDetailViewModel model;
    private List<TextView> shown = List.of();
    private String blocked = "";

    TextsPart(VBox box, SenderDetailViewModel model) {
        this.box = box;
        this.model = model;
    }

    void show(List<TextView> texts) {
        if (texts.equals(shown) && blocked.equals(model.blocked())) {
            return;
        }
        shown = texts;
        blocked = model.blocked();
        box.getChildren().setAll(texts.stream().map(this::line).toList());
    }

    private HBox line(TextView text) {
        var time = new Label(Figures.time(text.receivedAt(), ZoneId.systemDefault()));
        time.getStyleClass().add("part-time");
        time.setMinWidth(Region.USE_PREF_SIZE);
        var body = text.text();
        var words =
                new Label(body == null ? DeedWords.counted(text.characters(), "character") : PlainText.line(body, 500));
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        words.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(words, Priority.ALWAYS);
        var line = new HBox(time, words);
        line.getStyleClass().add("part-line");
        if (text.conflicts() > 0) {
            line.getChildren().add(badge(text.conflicts() + " other", "fth-alert-triangle"));
        }
        if (text.twinOf() != null) {
            line.getChildren().addAll(badge("Twin", "fth-copy"), count(text));
        }
        return line;
    }

    private static Label badge(String words, String icon) {
        var badge = new Label(words, new FontIcon(icon));
        badge.getStyleClass().add("strip-badge");
        badge.setMinWidth(Region.USE_PREF_SIZE);
        return badge;
    }

    private Button count(TextView text) {
        var button = new Button("Count it");
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setAccessibleText("Count the twin of " + Figures.time(text.receivedAt(), ZoneId.systemDefault()));
        button.setTooltip(new Tooltip("It says the same as another one within seconds; let it count all the same"));
        button.setDisable(!blocked.isEmpty());
        button.setOnAction(event -> model.count(text.id()));
        return button;
    }
}
