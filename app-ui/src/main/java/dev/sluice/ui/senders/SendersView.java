package dev.sluice.ui.senders;

import dev.sluice.model.sms.SmsView;
import dev.sluice.ui.change.NoteBar;
import dev.sluice.ui.fx.Choice;
import dev.sluice.ui.fx.Figures;
import dev.sluice.ui.fx.Fxml;
import dev.sluice.ui.fx.Place;
import dev.sluice.ui.fx.Pump;
import dev.sluice.ui.fx.Route;
import dev.sluice.ui.fx.Screen;
import dev.sluice.ui.fx.SmallFigure;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.FlowPane;
import javafx.util.Subscription;

/// Wires the screen of senders.
@SuppressWarnings("NullAway.Init") // FXMLLoader sets the fields
public final class SendersView implements Screen {
    private final SendersViewModel model;
    private final Pump pump;
    private final Parent root;
    private final PendingView pending;
    private final Map<Saving, SmallFigure> small = new EnumMap<>(Saving.class);
    private Subscription shown = Subscription.EMPTY;

    @FXML
    private FlowPane figures;

    @FXML
    private NoteBar note;

    @FXML
    private Button undo;

    @FXML
    private TabPane tabs;

    @FXML
    private Tab waiting;

    @FXML
    private Tab unknown;

    @FXML
    private Tab refused;

    @FXML
    private Tab control;

    /// Builds the screen.
    ///
    /// @param route where a batch's session is shown
    public SendersView(SendersViewModel model, Pump pump, Route route) {
        this.model = model;
        this.pump = pump;
        this.root = Fxml.load(this);
        this.pending = new PendingView(model, route);
        waiting.setContent(pending.node());
        unknown.setContent(new InboxView(model, route, this::openSender).node());
        refused.setContent(RefusedTable.of(model.inbox().refused()));
        control.setContent(new WindowView(model.windows()).node());
        for (var saving : Saving.values()) {
            small.put(saving, figure(saving));
        }
        figures.getChildren().addAll(small.values());
        undo.setOnAction(event -> model.acting().undoLatest());
        undo.visibleProperty().bind(model.acting().undoable());
        undo.managedProperty().bind(model.acting().undoable());
        model.acting().note().subscribe(note::show);
        model.glance().subscribe(this::show);
        model.age().subscribe(age -> small.values().forEach(figure -> figure.setStale(!age.isEmpty())));
    }

    @Override
    public Place place() {
        return Place.SENDERS;
    }

    @Override
    public Parent node() {
        return root;
    }

    @Override
    public void onShow() {
        model.reload();
        shown = pump.tick(Pump.Rate.CHARTS, model::refresh);
    }

    @Override
    public void onHide() {
        shown.unsubscribe();
        shown = Subscription.EMPTY;
    }

    @Override
    public void search(String text) {
        tabs.getSelectionModel().select(waiting);
        model.filter().set(text);
    }

    @Override
    public void focusSearch() {
        tabs.getSelectionModel().select(waiting);
        pending.focusSearch();
    }

    @Override
    public List<Choice> choices() {
        return model.deeds().get().stream()
                .map(face -> new Choice(
                        face.deed().verb() + " the chosen sender",
                        face.deed().meaning(),
                        face.deed().key(),
                        face.deed().icon(),
                        face.why(),
                        () -> model.request(face.deed())))
                .toList();
    }

    @Override
    public ObservableValue<String> badge() {
        return model.badge();
    }

    private void openSender(String id) {
        tabs.getSelectionModel().select(waiting);
        model.detail().show(id);
    }

    private void show(SmsView glance) {
        small.forEach((saving, figure) -> figure.valueProperty().set(saving.write(glance)));
        waiting.setText("Waiting" + count(glance.pending()));
        unknown.setText("Unknown" + count(glance.unknown()) + ", quarantined" + count(glance.quarantined()));
        refused.setText("Refused" + count(glance.refused()));
    }

    private static String count(long number) {
        return number == 0 ? "" : " " + Figures.count(number);
    }

    private static SmallFigure figure(Saving saving) {
        var figure = new SmallFigure();
        figure.setTitle(saving.title());
        figure.setMeaning(saving.meaning());
        return figure;
    }
}
