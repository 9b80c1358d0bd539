package dev.sluice.ui.fx;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/// A switch that shows a state it does not own: pressing it only asks, its model decides when it moves. (AtlantaFX's
/// and ControlsFX's switches flip by themselves and have no keyboard way.)
public final class Switch extends Button {
    private static final PseudoClass ON = PseudoClass.getPseudoClass("on");
    private static final PseudoClass PENDING = PseudoClass.getPseudoClass("pending");

    private final BooleanProperty on = new SimpleBooleanProperty(this, "on");
    private final BooleanProperty pending = new SimpleBooleanProperty(this, "pending");

    /// Creates a switch that is off.
    public Switch() {
        getStyleClass().setAll("switch");
        var thumb = new Region();
        thumb.getStyleClass().add("switch-thumb");
        thumb.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        var track = new StackPane(thumb);
        track.getStyleClass().add("switch-track");
        setGraphic(track);
        setAccessibleRole(AccessibleRole.TOGGLE_BUTTON);
        on.subscribe(value -> {
            pseudoClassStateChanged(ON, value);
            notifyAccessibleAttributeChanged(AccessibleAttribute.SELECTED);
        });
        pending.subscribe(value -> pseudoClassStateChanged(PENDING, value));
    }

    /// Returns the state shown.
    public BooleanProperty onProperty() {
        return on;
    }

    /// Returns whether the state shown awaits the service's word.
    public BooleanProperty pendingProperty() {
        return pending;
    }

    @Override
    public Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        return attribute == AccessibleAttribute.SELECTED
                ? Boolean.valueOf(on.get())
                : super.queryAccessibleAttribute(attribute, parameters);
    }
}
