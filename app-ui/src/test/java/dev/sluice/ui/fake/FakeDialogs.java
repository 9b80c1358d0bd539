package dev.sluice.ui.fake;

import dev.sluice.ui.fx.Answer;
import dev.sluice.ui.fx.Dialogs;
import dev.sluice.ui.fx.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Answers every question the same way and keeps what was asked.
public final class FakeDialogs implements Dialogs {
    /// What was asked.
    public final List<Question> asked = new ArrayList<>();

    private final Answer answer;
    private Runnable before = () -> {};

    /// Creates dialogs that answer so.
    public FakeDialogs(Answer answer) {
        this.answer = answer;
    }

    /// Has something happen while the operator thinks.
    public void beforeAnswer(Runnable event) {
        before = event;
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
}
