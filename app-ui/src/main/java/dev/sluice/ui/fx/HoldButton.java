package dev.sluice.ui.fx;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javafx.animation.AnimationTimer;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;

/// A button for what must not happen by accident: it has to be held, by mouse or by Space, until it is full. Once
/// released for a press, an ordinary press is enough.
///
/// Only time in which the console draws counts: while it stands still a release waits unseen behind the press, which
/// would be taken for a long one.
public final class HoldButton extends Button {
    private static final long FULL_NANOS = TimeUnit.SECONDS.toNanos(1);
    /// What one frame adds at most, however long after the one before it comes.
    private static final long LONGEST_FRAME_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final AnimationTimer frames = new AnimationTimer() {
        @Override
        public void handle(long now) {
            frame(now);
        }
    };
    private boolean held;
    private long heldNanos;
    /// When the frame before was; none since the press if null.
    private @Nullable Long lastFrame;

    private boolean pressIsEnough;

    /// Creates a button that runs `deed` once it was held for a second.
    public HoldButton(String text, Runnable deed) {
        super(text);
        getStyleClass().addAll("hold-button", "danger");
        setOnAction(event -> deed.run());
        paint();
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
        stop();
    }

    @Override
    public void fire() {
        if (pressIsEnough) {
            super.fire();
        }
    }

    /// Returns whether it is being held.
    boolean held() {
        return held;
    }

    /// Counts the time since the frame before as held.
    void frame(long nanos) {
        if (!held) {
            return;
        }
        heldNanos += lastFrame == null ? 0 : Math.min(nanos - lastFrame, LONGEST_FRAME_NANOS);
        lastFrame = nanos;
        if (heldNanos < FULL_NANOS) {
            paint();
        } else {
            setPressIsEnough(true);
            fire();
        }
    }

    private void begin() {
        if (!pressIsEnough && !held) { // a key that is held is told as pressed again and again
            held = true;
            lastFrame = null;
            frames.start();
        }
    }

    private void stop() {
        frames.stop();
        held = false;
        heldNanos = 0;
        paint();
    }

    private void paint() {
        double percent = 100.0 * heldNanos / FULL_NANOS;
        setStyle(String.format(
                Locale.ROOT,
                "-fx-background-color: linear-gradient(to right, derive(-sluice-stop, -35%%) %.0f%%, -sluice-stop %.0f%%);",
                percent,
                percent));
    }

    private static boolean holds(KeyEvent event) {
        return event.getCode() == KeyCode.SPACE || event.getCode() == KeyCode.ENTER;
    }
}
