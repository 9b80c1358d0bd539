package dev.sluice.ui.parts;

import javafx.scene.control.TableCell;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// Draws a [Sign]: icon and word.
///
/// @param <R> the row
final class SignCell<R> extends TableCell<R, Sign> {
    private final FontIcon icon = new FontIcon();

    @Override
    protected void updateItem(@Nullable Sign sign, boolean empty) {
        super.updateItem(sign, empty);
        if (empty || sign == null) {
            setText(null);
            setGraphic(null);
            return;
        }
        icon.setIconLiteral(sign.icon());
        icon.getStyleClass().setAll("ikonli-font-icon", "state-icon", sign.style());
        setText(sign.word());
        setGraphic(icon);
    }
}
