package dev.sluice.ui.fx;

import javafx.beans.value.ChangeListener;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// What lies over the window while the operator is asked: one card at a time, and the keyboard stays in it. Confined
/// to the FX thread.
final class Veil {
    private final StackPane scrim;
    private final ChangeListener<@Nullable Node> leash = (o, before, now) -> keepFocus(now);
    private Runnable dismiss = () -> {};
    private @Nullable Node returnTo;
    private @Nullable Node first;

    /// Creates one in `scrim`, which lies over everything else and is invisible between cards.
    Veil(StackPane scrim) {
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

    StackPane scrim() {
        return scrim;
    }

    /// Dismisses the card that is open, if one is.
    void dismiss() {
        dismiss.run();
    }

    /// Opens a card.
    ///
    /// @param start what has the keyboard first
    /// @param onDismiss what Escape does; it has to close the card
    void open(Node card, Node start, Runnable onDismiss) {
        scrim.getChildren().setAll(card);
        scrim.setVisible(true);
        var scene = scrim.getScene();
        if (scene != null) {
            returnTo = scene.getFocusOwner();
            scene.focusOwnerProperty().addListener(leash);
        }
        first = start;
        start.requestFocus();
        dismiss = onDismiss;
    }

    /// Closes the card and gives the keyboard back.
    void close() {
        dismiss = () -> {};
        var scene = scrim.getScene();
        if (scene != null) {
            scene.focusOwnerProperty().removeListener(leash);
        }
        scrim.getChildren().clear();
        scrim.setVisible(false);
        var back = returnTo;
        returnTo = null;
        first = null;
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
        if (first != null) {
            first.requestFocus();
        }
    }
}
