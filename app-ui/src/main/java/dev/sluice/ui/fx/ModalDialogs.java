package dev.sluice.ui.fx;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.control.TextArea;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/// Dialogs inside the window, over a veil: they take its theme, and the figures behind them stay in sight. One at a
/// time; the keyboard stays in it until it is answered.
public final class ModalDialogs implements Dialogs {
    private final Veil veil;

    /// Creates dialogs that appear in `scrim`, which lies over everything else and is invisible between dialogs.
    public ModalDialogs(StackPane scrim) {
        this.veil = new Veil(scrim);
    }

    @Override
    public void ask(Question question, Consumer<Answer> answer) {
        veil.dismiss();
        Consumer<Answer> end = given -> {
            veil.close();
            answer.accept(given);
        };
        var card = new QuestionCard(question, end);
        veil.open(card.node(), card.first(), () -> end.accept(new Answer.Declined()));
    }

    @Override
    public void choose(String title, List<Choice> choices) {
        veil.dismiss();
        var card = new ChoiceCard(title, choices, choice -> {
            veil.close();
            choice.deed().run();
        });
        veil.open(card.node(), card.first(), veil::close);
    }

    @Override
    public void showText(String title, Supplier<List<String>> lines) {
        veil.dismiss();
        var card = new Card(title);
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
        var close = Card.button("Close", veil::close);
        close.setCancelButton(true);
        card.addButtons(new HBox(Card.button("Refresh", refresh), close));
        veil.open(card, close, veil::close);
    }

    @Override
    public void saveFile(String title, String name, Consumer<Path> chosen) {
        var chooser = chooser(title);
        chooser.setInitialFileName(name);
        hand(chooser.showSaveDialog(window()), chosen);
    }

    @Override
    public void openFile(String title, Consumer<Path> chosen) {
        hand(chooser(title).showOpenDialog(window()), chosen);
    }

    private static FileChooser chooser(String title) {
        var chooser = new FileChooser();
        chooser.setTitle(title);
        return chooser;
    }

    private @Nullable Window window() {
        var scene = veil.scrim().getScene();
        return scene != null ? scene.getWindow() : null;
    }

    private static void hand(@Nullable File file, Consumer<Path> chosen) {
        if (file != null) {
            chosen.accept(file.toPath());
        }
    }
}
