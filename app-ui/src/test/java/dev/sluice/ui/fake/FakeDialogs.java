package dev.sluice.ui.fake;

import dev.sluice.ui.fx.Answer;
import dev.sluice.ui.fx.Choice;
import dev.sluice.ui.fx.Dialogs;
import dev.sluice.ui.fx.Question;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Answers every question the same way and keeps what was asked.
public final class FakeDialogs implements Dialogs {
    /// What was asked.
    public final List<Question> asked = new ArrayList<>();

    private final Answer answer;
    private Runnable before = () -> {};
    private @Nullable Path file;

    /// Creates dialogs that answer so.
    public FakeDialogs(Answer answer) {
        this.answer = answer;
    }

    /// Has something happen while the operator thinks.
    public void beforeAnswer(Runnable event) {
        before = event;
    }

    /// Has the operator choose a file to write or read.
    public void chooseFile(Path chosen) {
        file = chosen;
    }

    @Override
    public void ask(Question question, Consumer<Answer> then) {
        asked.add(question);
        before.run();
        then.accept(answer);
    }

    @Override
    public void showText(String title, Supplier<List<String>> lines) {
        throw new AssertionError("nothing was to be shown");
    }

    @Override
    public void choose(String title, List<Choice> choices) {
        throw new AssertionError("nothing was to be chosen");
    }

    @Override
    public void saveFile(String title, String name, Consumer<Path> chosen) {
        if (file != null) {
            chosen.accept(file);
        }
    }

    @Override
    public void openFile(String title, Consumer<Path> chosen) {
        if (file != null) {
            chosen.accept(file);
        }
    }
}
