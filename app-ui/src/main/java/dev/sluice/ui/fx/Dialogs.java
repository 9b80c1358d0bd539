package dev.sluice.ui.fx;

import java.nio.file.Path;
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

    /// Has the operator find and choose one of many things, and does it.
    void choose(String title, List<Choice> choices);

    /// Asks for a file to write; nothing is handed over if the operator thinks better of it.
    ///
    /// @param name the name to begin with, extension included
    void saveFile(String title, String name, Consumer<Path> chosen);

    /// Asks for a file to read; nothing is handed over if the operator thinks better of it.
    void openFile(String title, Consumer<Path> chosen);
}
