package dev.sluice.ui.fx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.Scene;
import javafx.scene.control.TextField;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HoldButtonTest {
    private final AtomicInteger deeds = new AtomicInteger();
    private final HoldButton button;
    private final Stage stage;

    HoldButtonTest() {
        Toolkit.start();
        button = Toolkit.on(() -> new HoldButton("Stop everything", deeds::incrementAndGet));
        stage = Toolkit.on(() -> {
            var field = new TextField();
            var shown = new Stage();
            shown.setScene(new Scene(new VBox(field, button), 400, 200));
            shown.show();
            field.requestFocus();
            return shown;
        });
    }

    @AfterEach
    void hide() {
        Toolkit.run(stage::hide);
    }

    @Test
    @DisplayName("O6 holding the button by mouse works at the first try, with the focus elsewhere before")
    void pressThatBringsTheFocusIsHeld() {
        Toolkit.run(() -> {
            assertThat(button.isFocused()).isFalse();
            fire(MouseEvent.MOUSE_PRESSED);
            assertThat(button.isFocused()).isTrue();
            assertThat(button.held()).isTrue();
            fire(MouseEvent.MOUSE_RELEASED);
            assertThat(button.held()).isFalse();
        });
        assertThat(deeds).hasValue(0);
    }

    @Test
    @DisplayName("O6 a held button that loses the focus or the mouse is held no longer")
    void holdEndsWithTheFocusAndTheMouse() {
        Toolkit.run(() -> {
            fire(MouseEvent.MOUSE_PRESSED);
            fire(MouseEvent.MOUSE_EXITED);
            assertThat(button.held()).isFalse();
            fire(MouseEvent.MOUSE_PRESSED);
            assertThat(button.held()).isTrue();
            stage.getScene().getRoot().getChildrenUnmodifiable().getFirst().requestFocus();
            assertThat(button.held()).isFalse();
        });
    }

    @Test
    @DisplayName("O6 a second's hold is enough, also if the console draws but ten times a second")
    void heldForASecond() {
        Toolkit.run(() -> {
            fire(MouseEvent.MOUSE_PRESSED);
            frames(10, 0);
            assertThat(deeds).hasValue(0);
            button.frame(TimeUnit.MILLISECONDS.toNanos(1000));
            assertThat(deeds).hasValue(1);
            assertThat(button.held()).isFalse();
        });
    }

    @Test
    @DisplayName("O6 a short press is none of a second because the console stood still before it saw the release")
    void standstillIsNotHeld() {
        Toolkit.run(() -> {
            fire(MouseEvent.MOUSE_PRESSED);
            button.frame(0);
            button.frame(TimeUnit.SECONDS.toNanos(5));
            fire(MouseEvent.MOUSE_RELEASED);
            button.frame(TimeUnit.SECONDS.toNanos(10));
        });
        assertThat(deeds).hasValue(0);
    }

    @Test
    @DisplayName("O6 short presses do not add up")
    void pressesDoNotAddUp() {
        Toolkit.run(() -> {
            for (int press = 0; press < 3; press++) {
                fire(MouseEvent.MOUSE_PRESSED);
                frames(8, press * 2000L);
                fire(MouseEvent.MOUSE_RELEASED);
            }
        });
        assertThat(deeds).hasValue(0);
    }

    /// Draws ten frames a second.
    private void frames(int count, long fromMillis) {
        for (int i = 0; i < count; i++) {
            button.frame(TimeUnit.MILLISECONDS.toNanos(fromMillis + i * 100L));
        }
    }

    private void fire(EventType<MouseEvent> type) {
        boolean down = type == MouseEvent.MOUSE_PRESSED;
        Event.fireEvent(
                button,
                new MouseEvent(
                        type,
                        5,
                        5,
                        5,
                        5,
                        MouseButton.PRIMARY,
                        1,
                        false,
                        false,
                        false,
                        false,
                        down,
                        false,
                        false,
                        false,
                        false,
                        true,
                        null));
    }
}
