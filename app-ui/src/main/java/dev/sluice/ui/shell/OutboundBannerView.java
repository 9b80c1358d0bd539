package dev.sluice.ui.shell;

import dev.sluice.ui.change.NoteBar;
import dev.sluice.ui.fx.Fxml;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;

/// Wires the banner that says, on every screen, that traffic is held back.
@SuppressWarnings("NullAway.Init") // FXMLLoader sets the fields
final class OutboundBannerView {
    private static final PseudoClass HALTED = PseudoClass.getPseudoClass("halted");

    private final Parent root;

    @FXML
    private HBox bar;

    @FXML
    private Label text;

    @FXML
    private Label why;

    @FXML
    private Button resume;

    @FXML
    private NoteBar note;

    OutboundBannerView(StopViewModel model) {
        this.root = Fxml.load(this);
        resume.setOnAction(event -> model.resume());
        model.face().subscribe(this::show);
    }

    Parent node() {
        return root;
    }

    private void show(StopFace face) {
        show(bar, !face.flowing());
        bar.pseudoClassStateChanged(HALTED, face.halted());
        text.setText(face.banner());
        resume.setDisable(!face.blocked().isEmpty());
        why.setText(face.blocked());
        show(why, !face.blocked().isEmpty());
        note.show(face.told());
        show(root, !face.flowing() || !face.told().text().isEmpty());
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }
}
