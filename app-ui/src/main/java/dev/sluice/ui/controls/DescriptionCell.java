package dev.sluice.ui.controls;

import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;

/// A sentence that may be longer than its column: the tooltip has it in full.
final class DescriptionCell extends TableCell<SettingRow, String> {
    private final Tooltip full = new Tooltip();

    DescriptionCell() {
        full.setWrapText(true);
        full.setMaxWidth(420);
    }

    @Override
    protected void updateItem(@Nullable String text, boolean empty) {
        super.updateItem(text, empty);
        setText(empty ? null : text);
        full.setText(text);
        setTooltip(empty || text == null ? null : full);
    }
}
