package dev.sluice.ui.sessions;

import dev.sluice.ui.change.NoteBar;
import dev.sluice.ui.fx.Fxml;
import dev.sluice.ui.fx.Place;
import dev.sluice.ui.fx.Pump;
import dev.sluice.ui.fx.Screen;
import dev.sluice.ui.parts.Choosing;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.controlsfx.control.MasterDetailPane;
import org.jspecify.annotations.Nullable;

/// Wires the screen of sessions.
@SuppressWarnings("NullAway.Init") // FXMLLoader sets the fields
public final class SessionsView implements Screen {
    private static final PseudoClass STALE = PseudoClass.getPseudoClass("stale");

    private final SessionsViewModel model;
    private final Pump pump;
    private final Parent root;
    private final SessionFilterBar filters;
    private final OpenSessionView open;
    private Subscription shown = Subscription.EMPTY;

    @FXML
    private VBox page;

    @FXML
    private NoteBar note;

    @FXML
    private Label summary;

    @FXML
    private Label staleAge;

    @FXML
    private Button bringIn;

    @FXML
    private Label importWhy;

    @FXML
    private Button older;

    @FXML
    private MasterDetailPane split;

    @FXML
    private TableView<SessionRow> sessions;

    /// Builds the screen.
    ///
    /// @param clipboard where copied text goes
    public SessionsView(SessionsViewModel model, Pump pump, Consumer<String> clipboard) {
        this.model = model;
        this.pump = pump;
        this.root = Fxml.load(this);
        this.filters = new SessionFilterBar(model);
        page.getChildren().addFirst(filters.node());
        SessionTable.dress(sessions, model.rows());
        var choosing = new Choosing<>(sessions, SessionRow::key, this::choose);
        this.open = new OpenSessionView(model, clipboard, () -> {
            choosing.clear();
            sessions.requestFocus();
        });
        var holder = new StackPane(open.node());
        holder.getStyleClass().add("open-holder");
        split.setDetailNode(holder);
        model.open().session().subscribe(session -> split.setShowDetailNode(session != null));
        bind();
    }

    @Override
    public Place place() {
        return Place.SESSIONS;
    }

    @Override
    public Parent node() {
        return root;
    }

    @Override
    public void onShow() {
        model.reload();
        model.open().attach();
        shown = Subscription.combine(
                pump.tick(Pump.Rate.CHARTS, model::refresh), pump.tick(Pump.Rate.PULSE, open::refresh));
    }

    @Override
    public void onHide() {
        shown.unsubscribe();
        shown = Subscription.EMPTY;
        model.open().detach();
    }

    /// Opens the session of that id: what leads here from other screens names one.
    @Override
    public void search(String id) {
        model.lookFor(id);
    }

    @Override
    public void focusSearch() {
        filters.focus();
    }

    private void bind() {
        bringIn.setOnAction(event -> model.bringIn());
        bringIn.disableProperty().bind(model.blocked().isNotEmpty());
        importWhy.textProperty().bind(model.blocked());
        importWhy.visibleProperty().bind(model.blocked().isNotEmpty());
        importWhy.managedProperty().bind(model.blocked().isNotEmpty());
        older.setOnAction(event -> model.readOlder());
        older.disableProperty().bind(model.more().not());
        summary.textProperty().bind(model.summary());
        model.note().subscribe(note::show);
        model.age().subscribe(this::showAge);
    }

    private void choose(@Nullable SessionRow row) {
        if (row != null) {
            model.open().show(row.session());
        }
    }

    private void showAge(String age) {
        boolean stale = !age.isEmpty();
        sessions.pseudoClassStateChanged(STALE, stale);
        staleAge.setText(stale ? "as of " + age + " ago" : "");
        staleAge.setVisible(stale);
        staleAge.setManaged(stale);
    }
}
