package dev.sluice.ui.senders;

import dev.sluice.model.sms.SenderView;
import dev.sluice.ui.change.NoteBar;
import dev.sluice.ui.fx.Figures;
import dev.sluice.ui.fx.Fxml;
import dev.sluice.ui.fx.Route;
import dev.sluice.ui.parts.PlainText;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Wires the details of one sender: its texts, what became of its batches, what can be said to it.
@SuppressWarnings("NullAway.Init") // FXMLLoader sets the fields
final class SenderDetailView {
    private final SenderDetailViewModel model;
    private final Parent root;
    private final TextsPart textsPart;
    private final BatchesPart batchesPart;
    private final ReplyForm replyForm;
    private final OwnRulesForm ownRulesForm;
    private String shownId = "";
    private String fullNumber = "";

    @FXML
    private Label address;

    @FXML
    private Button unmask;

    @FXML
    private Button forget;

    @FXML
    private Label forgetHint;

    @FXML
    private Button closer;

    @FXML
    private Label facts;

    @FXML
    private NoteBar note;

    @FXML
    private VBox parts;

    @FXML
    private Label joinedTitle;

    @FXML
    private TextArea joined;

    @FXML
    private Label hidden;

    @FXML
    private VBox texts;

    @FXML
    private VBox batches;

    SenderDetailView(SendersViewModel screen, Route route, Runnable close) {
        var model = screen.detail();
        this.root = Fxml.load(this);
        this.model = model;
        this.textsPart = new TextsPart(texts, model);
        this.batchesPart = new BatchesPart(batches, model, route);
        this.replyForm = new ReplyForm(model);
        this.ownRulesForm = new OwnRulesForm(model);
        parts.getChildren().addAll(1, List.of(replyForm.node(), ownRulesForm.node()));
        closer.setOnAction(event -> close.run());
        unmask.setOnAction(event -> model.unmask(this::reveal));
        forget.setOnAction(event -> model.forget());
        model.note().subscribe(note::show);
        model.sender().subscribe(this::show);
        screen.blocked().subscribe(why -> show(model.sender().get()));
        screen.glance().subscribe(glance -> replyForm.show());
    }

    Parent node() {
        return root;
    }

    private void reveal(String number) {
        fullNumber = number;
        address.setText(number);
    }

    private void show(@Nullable SenderView sender) {
        if (sender == null || !sender.senderId().equals(shownId)) {
            shownId = sender == null ? "" : sender.senderId();
            fullNumber = "";
            replyForm.clear();
        }
        if (sender == null) {
            return;
        }
        address.setText(fullNumber.isEmpty() ? sender.address() : fullNumber);
        facts.setText(facts(sender));
        var text = sender.joined();
        var kept = model.unforgettable();
        forget.setDisable(!kept.isEmpty());
        unmask.setDisable(!model.unreadable().isEmpty());
        forgetHint.setText(kept.isEmpty() ? "Remove the number, the texts, the replies and the sessions" : kept);
        boolean waits = !sender.pending().isEmpty();
        show(joinedTitle, waits);
        show(joined, waits && text != null);
        show(hidden, waits && text == null);
        hidden.setText("Texts are shown to operators");
        var shown = PlainText.block(Objects.requireNonNullElse(text, ""));
        if (!joined.getText().equals(shown)) {
            joined.setText(shown);
        }
        textsPart.show(sender.pending());
        batchesPart.show(sender.batches());
        replyForm.show();
        ownRulesForm.show(sender);
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    private static String facts(SenderView sender) {
        var said = new ArrayList<String>();
        said.add(sender.org());
        said.add(sender.kind().replace('_', ' '));
        if (sender.region() != null) {
            said.add(sender.region());
        }
        if (sender.held()) {
            said.add("held");
        }
        var out = sender.optedOutAt();
        if (out != null) {
            said.add("opted out " + Figures.dayTime(out, ZoneId.systemDefault()));
        }
        said.add(
                sender.state() == null
                        ? "no text waits"
                        : DeedWords.counted(sender.pending().size(), "text") + " in a window that is "
                                + sender.state());
        return String.join(" · ", said);
    }
}
