package dev.sluice.ui.sessions;

import dev.sluice.ui.parts.Detail;
import dev.sluice.ui.parts.PlainText;
import dev.sluice.ui.store.SessionLine;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// The chosen line of a log, or the session if none is chosen, in real text that can be selected and
/// copied. A text area knows no markup, so whatever the payload holds stays text.
final class EventDetail {
    private final Label title = new Label();
    private final Label facts = new Label();
    private final TextArea text = new TextArea();
    private final VBox root;
    private List<Detail> details = List.of();

    EventDetail(Consumer<String> clipboard) {
        title.getStyleClass().add("card-title");
        var spring = new Region();
        HBox.setHgrow(spring, Priority.ALWAYS);
        var copy = new Button("Copy", new FontIcon("fth-copy"));
        copy.setAccessibleText("Copy what is shown");
        copy.setTooltip(new Tooltip("Copy the chosen event with its times and payload, or the session, as text"));
        copy.setMinWidth(Region.USE_PREF_SIZE);
        copy.setOnAction(event -> clipboard.accept(copied()));
        var head = new HBox(title, spring, copy);
        head.getStyleClass().add("card-head");
        facts.setWrapText(true);
        facts.setMinHeight(Region.USE_PREF_SIZE);
        facts.getStyleClass().add("event-facts");
        text.setEditable(false);
        text.setWrapText(true);
        text.getStyleClass().add("event-text");
        text.setAccessibleText("The chosen event, or the session");
        text.setTooltip(new Tooltip("The chosen event, or the session, as text"));
        VBox.setVgrow(text, Priority.ALWAYS);
        root = new VBox(head, facts, text);
        root.getStyleClass().add("event-detail");
    }

    Parent node() {
        return root;
    }

    /// Shows the session itself.
    void show(SessionRow row) {
        details = row.details();
        title.setText("Session");
        facts.setText(row.about());
        facts.setManaged(true);
        text.setText(Detail.lines(details));
    }

    /// @param offset when it happened, nanoseconds from the first event
    void show(SessionLine line, long offset) {
        details = EventLines.details(line, offset);
        title.setText(
                line instanceof SessionLine.Happened event
                        ? "#" + event.seq() + " " + PlainText.line(event.type(), 40)
                        : EventLines.name(line));
        facts.setText(Detail.lines(details.stream().skip(1).toList()));
        facts.setManaged(!details.isEmpty());
        text.setText(EventLines.text(line));
        text.setScrollTop(0);
    }

    private String copied() {
        var known = Detail.lines(details);
        return text.getText().equals(known) ? known : known + "\n\n" + text.getText();
    }
}
