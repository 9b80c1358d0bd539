package dev.sluice.ui.providers;

import dev.sluice.ui.fx.Fxml;
import dev.sluice.ui.fx.Place;
import dev.sluice.ui.fx.Pump;
import dev.sluice.ui.fx.Screen;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/// Wires the screen of providers.
@SuppressWarnings("NullAway.Init") // FXMLLoader sets the fields
public final class ProvidersView implements Screen {
    private final ProvidersViewModel model;
    private final Pump pump;
    private final Parent root;
    private final List<ProviderCard> cards = new ArrayList<>();
    private Subscription shown = Subscription.EMPTY;

    @FXML
    private Label summary;

    @FXML
    private Label staleAge;

    @FXML
    private VBox list;

    /// Builds the screen.
    public ProvidersView(ProvidersViewModel model, Pump pump) {
        this.model = model;
        this.pump = pump;
        this.root = Fxml.load(this);
        summary.textProperty().bind(model.summary());
        model.age().subscribe(this::showAge);
        model.faces().addListener((ListChangeListener<ProviderFace>) change -> draw());
    }

    @Override
    public Place place() {
        return Place.PROVIDERS;
    }

    @Override
    public Parent node() {
        return root;
    }

    @Override
    public void onShow() {
        shown = pump.tick(Pump.Rate.CHARTS, model::refresh);
    }

    @Override
    public void onHide() {
        shown.unsubscribe();
        shown = Subscription.EMPTY;
    }

    private void draw() {
        var faces = model.faces();
        while (cards.size() < faces.size()) {
            var card = new ProviderCard();
            cards.add(card);
            list.getChildren().add(card.node());
        }
        while (cards.size() > faces.size()) {
            list.getChildren().remove(cards.removeLast().node());
        }
        for (int i = 0; i < faces.size(); i++) {
            cards.get(i).show(faces.get(i));
        }
        showAge(model.age().get());
    }

    private void showAge(String age) {
        boolean stale = !age.isEmpty();
        cards.forEach(card -> card.setStale(stale));
        staleAge.setText(stale ? "as of " + age + " ago" : "");
        staleAge.setVisible(stale);
        staleAge.setManaged(stale);
    }
}
