package dev.sluice.ui.senders;

import dev.sluice.model.sms.SenderView;
import dev.sluice.ui.change.Spans;
import dev.sluice.ui.fx.Fxml;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import org.jspecify.annotations.Nullable;

/// Wires the rules that hold for one sender instead of the settings.
@SuppressWarnings("NullAway.Init") // FXMLLoader sets the fields
final class OwnRulesForm {
    private static final String AS_SET = "as set";
    private static final String ALWAYS = "always";
    private static final String NEVER = "never";

    private final SenderDetailViewModel model;
    private final Parent root;
    private String shownId = "";
    private @Nullable OwnRules inForce;

    @FXML
    private TextField window;

    @FXML
    private ComboBox<String> autoReply;

    @FXML
    private Button apply;

    @FXML
    private Label problem;

    OwnRulesForm(SenderDetailViewModel model) {
        this.model = model;
        this.root = Fxml.load(this);
        autoReply.getItems().setAll(AS_SET, ALWAYS, NEVER);
        autoReply.setValue(AS_SET);
        window.textProperty().subscribe(this::check);
        autoReply.valueProperty().subscribe(this::check);
        window.setOnAction(event -> apply.fire());
        apply.setOnAction(event -> model.override(drafted().window(), drafted().autoReply()));
    }

    Parent node() {
        return root;
    }

    /// Shows what is in force, unless the operator is at it.
    void show(SenderView sender) {
        var now = OwnRules.of(sender);
        if (!sender.senderId().equals(shownId) || drafted().equals(inForce)) {
            shownId = sender.senderId();
            inForce = now;
            window.setText(now.window());
            autoReply.setValue(word(now.autoReply()));
        }
        inForce = now;
        check();
    }

    private void check() {
        var draft = drafted();
        boolean right = draft.window().isEmpty() || Spans.read(draft.window()).isPresent();
        boolean free = model.blocked().isEmpty();
        window.setDisable(!free);
        autoReply.setDisable(!free);
        apply.setDisable(!free || !right || draft.equals(inForce));
        problem.setText(right ? "" : "Must be a length of time such as 90s or 5m.");
        problem.setVisible(!right);
        problem.setManaged(!right);
    }

    private OwnRules drafted() {
        var choice = autoReply.getValue();
        return new OwnRules(
                window.getText().strip(),
                ALWAYS.equals(choice) ? Boolean.TRUE : NEVER.equals(choice) ? Boolean.FALSE : null);
    }

    private static String word(@Nullable Boolean autoReply) {
        return autoReply == null ? AS_SET : autoReply ? ALWAYS : NEVER;
    }
}
