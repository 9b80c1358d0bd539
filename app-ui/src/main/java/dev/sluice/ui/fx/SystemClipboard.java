package dev.sluice.ui.fx;

import java.util.function.Consumer;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

/// Puts text where other programs can paste it from. FX thread only.
public final class SystemClipboard implements Consumer<String> {
    @Override
    public void accept(String text) {
        var content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }
}
