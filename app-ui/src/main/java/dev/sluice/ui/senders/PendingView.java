package dev.sluice.ui.senders;

import dev.sluice.ui.fx.Fxml;
import dev.sluice.ui.fx.Route;
import java.util.ArrayList;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import org.controlsfx.control.MasterDetailPane;
import org.kordamp.ikonli.javafx.FontIcon;

/// Wires the senders whose texts wait, what can be done about them, and the chosen one.
@SuppressWarnings("NullAway.Init") // FXMLLoader sets the fields
final class PendingView {
    private static final PseudoClass STALE = PseudoClass.getPseudoClass("stale");

    private final SendersViewModel model;
    private final Parent root;
    private final ManyChosen<PendingRow> choosing;
    private final List<Button> buttons = new ArrayList<>();

    @FXML
    private MasterDetailPane split;

    @FXML
    private TextField filter;

    @FXML
    private Label summary;

    @FXML
    private Label staleAge;

    @FXML
    private FlowPane deeds;

    @FXML
    private Label blocked;

    @FXML
    private TableView<PendingRow> senders;

    PendingView(SendersViewModel model, Route route) {
        this.model = model;
        this.root = Fxml.load(this);
        PendingTable.dress(senders, model, split.showDetailNodeProperty());
        this.choosing = new ManyChosen<>(senders, model.rows(), PendingRow::id, this::choose);
        split.setDetailNode(new SenderDetailView(model, route, this::close).node());
        model.detail().sender().subscribe(sender -> split.setShowDetailNode(sender != null));
        filter.textProperty().bindBidirectional(model.filter());
        summary.textProperty().bind(model.summary());
        blocked.textProperty().bind(model.blocked());
        blocked.visibleProperty().bind(model.blocked().isNotEmpty());
        blocked.managedProperty().bind(model.blocked().isNotEmpty());
        model.deeds().subscribe(this::showDeeds);
        model.age().subscribe(this::showAge);
        root.addEventHandler(KeyEvent.KEY_PRESSED, this::press);
    }

    Parent node() {
        return root;
    }

    void focusSearch() {
        filter.requestFocus();
    }

    private void choose() {
        model.choose(choosing.keys());
        var last = choosing.last();
        if (last != null) {
            model.detail().show(last);
        }
    }

    private void close() {
        choosing.clear();
        model.detail().close();
        senders.requestFocus();
    }

    /// Letters do what the buttons do, except where they are typed.
    private void press(KeyEvent event) {
        if (event.getTarget() instanceof TextInputControl
                || event.isControlDown()
                || event.isAltDown()
                || event.isMetaDown()) {
            return;
        }
        if (event.getCode() == KeyCode.ESCAPE) {
            event.consume();
            close();
            return;
        }
        for (var face : model.deeds().get()) {
            if (face.deed().key().equals(event.getCode().getName())) {
                event.consume();
                press(face);
            }
        }
    }

    /// What nobody chosen can be undone of may still be the latest deed.
    private void press(DeedFace face) {
        if (face.enabled()) {
            model.request(face.deed());
        } else if (face.deed() == SenderDeed.UNDO) {
            model.acting().undoLatest();
        }
    }

    private void showDeeds(List<DeedFace> faces) {
        while (buttons.size() < faces.size()) {
            var button = new Button(
                    null, new FontIcon(faces.get(buttons.size()).deed().icon()));
            button.setTooltip(new Tooltip());
            buttons.add(button);
            deeds.getChildren().add(button);
        }
        for (int i = 0; i < faces.size(); i++) {
            show(buttons.get(i), faces.get(i));
        }
    }

    private void show(Button button, DeedFace face) {
        var deed = face.deed();
        ((FontIcon) button.getGraphic()).setIconLiteral(deed.icon());
        button.setText(face.text());
        button.setAccessibleText(face.text() + " the chosen senders");
        button.setDisable(!face.enabled());
        button.getTooltip()
                .setText(deed.meaning() + " (" + deed.key() + ")" + (face.enabled() ? "" : ". " + face.why()));
        button.setOnAction(event -> model.request(deed));
    }

    private void showAge(String age) {
        boolean stale = !age.isEmpty();
        senders.pseudoClassStateChanged(STALE, stale);
        staleAge.setText(stale ? "as of " + age + " ago" : "");
        staleAge.setVisible(stale);
        staleAge.setManaged(stale);
    }
}
