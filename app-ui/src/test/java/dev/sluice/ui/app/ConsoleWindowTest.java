package dev.sluice.ui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ui.FakeOpsService;
import dev.sluice.ui.Snapshots;
import dev.sluice.ui.fx.Answer;
import dev.sluice.ui.fx.Appearance;
import dev.sluice.ui.fx.Density;
import dev.sluice.ui.fx.Dialogs;
import dev.sluice.ui.fx.Question;
import dev.sluice.ui.fx.Theme;
import dev.sluice.ui.link.Endpoint;
import dev.sluice.ui.link.FixedService;
import dev.sluice.ui.link.Token;
import dev.sluice.ui.store.Clocks;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

@SuppressWarnings("NullAway.Init") // JUnit calls open() first
class ConsoleWindowTest {
    private final List<Question> asked = new ArrayList<>();
    private FakeOpsService service;
    private Console console;
    private Scene scene;
    private Stage stage;

    @BeforeEach
    void open() throws Exception {
        service = new FakeOpsService();
        service.event("e:0", "snapshot", Snapshots.of(1, 49));
        stage = FxToolkit.registerPrimaryStage();
        var overlay = new StackPane();
        overlay.setVisible(false);
        fx(() -> {
            var appearance = new Appearance(Theme.LIGHT, Density.COMFORTABLE);
            console = new Console(
                    HttpClient.newHttpClient(),
                    new FixedService(new Endpoint(service.base(), Token.of("t"))),
                    Clocks.system(),
                    appearance,
                    new Confirming(),
                    overlay);
            scene = new Scene(console.shell().node(), 960, 640);
            appearance.dress(scene);
            stage.setScene(scene);
            stage.show();
            console.shell().onShow(scene);
            console.start();
            return scene;
        });
    }

    @AfterEach
    void close() throws Exception {
        fx(() -> {
            console.close();
            stage.hide();
            return stage;
        });
        service.close();
    }

    @Test
    void overviewShowsLeadersAndFollowersLive() throws Exception {
        await(() -> texts().contains("49"));
        service.event("e:1", "change", Snapshots.change(2, 98));

        await(() -> texts().contains("98"));
    }

    @Test
    @DisplayName(
            "O3 O6 a switch asks with the verb and the effect, is pending, and is confirmed by the service's event")
    void switchIsConfirmedByTheServicesEvent() throws Exception {
        await(() -> texts().contains("49"));
        press("Controls");
        await(() -> texts().contains("On"));
        press("Coalescing, On");
        await(() -> service.settings().version() == 2);

        assertThat(asked).singleElement().satisfies(question -> {
            assertThat(question.verb()).isEqualTo("Turn coalescing off");
            assertThat(question.effects()).contains("Every call is paid.");
        });
        await(() -> texts().stream().anyMatch(text -> text.startsWith("Pending")));

        service.event("e:1", "change", Snapshots.change(service.settings()));
        await(() -> texts().stream().anyMatch(text -> text.contains("confirmed by the service")));
    }

    @Test
    @DisplayName("O5 every button has a name for screen readers and a tooltip")
    void buttonsHaveNames() throws Exception {
        await(() -> texts().contains("49"));
        for (var button : nodes(ButtonBase.class)) {
            if (button.getStyleClass().contains("arrow-button")) {
                continue;
            }
            assertThat(button.getAccessibleText()).as(button.toString()).isNotBlank();
            assertThat(button.getTooltip()).as(button.toString()).isNotNull();
        }
    }

    private void press(String name) throws Exception {
        fx(() -> {
            var found = nodes(ButtonBase.class).stream()
                    .filter(button -> name.equals(button.getAccessibleText()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no button named " + name));
            found.fire();
            return found;
        });
    }

    private List<String> texts() {
        return nodes(Label.class).stream()
                .filter(Node::isVisible)
                .map(Labeled::getText)
                .toList();
    }

    private <T extends Node> List<T> nodes(Class<T> type) {
        return scene.getRoot().lookupAll("*").stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> fx(condition));
    }

    private static <T> T fx(Callable<T> work) {
        return WaitForAsyncUtils.waitForAsyncFx(20_000, work);
    }

    /// Says yes.
    private final class Confirming implements Dialogs {
        @Override
        public void ask(Question question, Consumer<Answer> answer) {
            asked.add(question);
            answer.accept(new Answer.Confirmed(Optional.empty()));
        }

        @Override
        public void showText(String title, Supplier<List<String>> lines) {
            throw new AssertionError("nothing asked for " + title);
        }
    }
}
