package dev.sluice.ui.fx;

import java.util.Locale;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.KeyValue;
import javafx.animation.Timeline;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.util.Duration;

/// A button for what must not happen by accident: it has to be held, by mouse or by Space, until it is full. Once
/// released for a press, an ordinary press is enough.
public final class HoldButton extends Button {
    private static final Duration TIME = Duration.seconds(1);

    private final DoubleProperty filled = new SimpleDoubleProperty(this, "filled");
    private final Timeline filling;
    private boolean pressIsEnough;

    /// Creates a button that runs `deed` once it was held for a second.
    public HoldButton(String text, Runnable deed) {
        super(text);
        getStyleClass().addAll("hold-button", "danger");
        setOnAction(event -> deed.run());
        filling = new Timeline(new KeyFrame(TIME, event -> finish(), new KeyValue(filled, 1)));
        filled.subscribe(this::paint);
        addEventHandler(MouseEvent.MOUSE_PRESSED, event -> begin());
        addEventHandler(MouseEvent.MOUSE_RELEASED, event -> stop());
        addEventHandler(MouseEvent.MOUSE_EXITED, event -> stop());
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (holds(event) && !pressIsEnough) {
                event.consume();
                begin();
            }
        });
        addEventFilter(KeyEvent.KEY_RELEASED, event -> {
            if (holds(event) && !pressIsEnough) {
                event.consume();
                stop();
            }
        });
        focusedProperty().subscribe(focused -> {
            if (!focused) { // the press that begins also brings the focus
                stop();
            }
        });
    }

    /// Decides whether an ordinary press is enough.
    public void setPressIsEnough(boolean enough) {
        pressIsEnough = enough;
        filled.set(0);
        paint();
    }

    @Override
    public void fire() {
        if (pressIsEnough) {
            super.fire();
        }
    }

    /// Returns whether it is being held.
    boolean held() {
        return filling.getStatus() == Animation.Status.RUNNING;
    }

    private void begin() {
        if (!pressIsEnough) {
            filling.play();
        }
    }

    private void stop() {
        filling.stop();
        filled.set(0);
    }

    private void finish() {
        filled.set(0);
        pressIsEnough = true;
        fire();
    }

    private void paint() {
        setStyle(String.format(
                Locale.ROOT,
                "-fx-background-color: linear-gradient(to right, derive(-sluice-stop, -35%%) %.0f%%, -sluice-stop %.0f%%);",
                filled.get() * 100,
                filled.get() * 100));
    }

    private static boolean holds(KeyEvent event) {
        return event.getCode() == KeyCode.SPACE || event.getCode() == KeyCode.ENTER;
    }
}
