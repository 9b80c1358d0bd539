package dev.sluice.ui.fx;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Asks the operator. A seam: tests answer without a window.
public interface Dialogs {
    /// Asks, and hands over the answer on the FX thread.
    void ask(Question question, Consumer<Answer> answer);

    /// Shows lines of text, the latest at the end, until closed.
    ///
    /// @param lines read anew whenever the operator refreshes
    void showText(String title, Supplier<List<String>> lines);
}
