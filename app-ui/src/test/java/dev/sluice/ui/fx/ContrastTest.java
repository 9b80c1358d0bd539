package dev.sluice.ui.fx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The colours of text against what they stand on, as the style sheets resolve them.
class ContrastTest {
    /// WCAG 2.1, success criterion 1.4.3.
    private static final double LEAST = 4.5;

    @BeforeAll
    static void start() {
        Toolkit.start();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    @DisplayName("O5 text stands out from what it is written on, light and dark")
    void textCanBeRead(Theme theme, String text, String ground) {
        var ratio = Toolkit.on(() -> ratio(theme, text, ground));

        assertThat(ratio).as("%s on %s", text, ground).isGreaterThanOrEqualTo(LEAST);
    }

    static Stream<Arguments> pairs() {
        return Stream.of(Theme.LIGHT, Theme.DARK)
                .flatMap(theme -> Stream.of(
                                on("-sluice-page", "-color-fg-default", "-sluice-muted"),
                                on(
                                        "-sluice-card",
                                        "-color-fg-default",
                                        "-sluice-muted",
                                        "-sluice-good",
                                        "-sluice-warn",
                                        "-sluice-bad",
                                        "-sluice-live"),
                                on("-sluice-header", "-color-fg-default", "-sluice-muted"),
                                on("-color-accent-muted", "-color-fg-default"),
                                on("-color-accent-subtle", "-color-fg-default"),
                                on("-color-success-subtle", "-color-fg-default"),
                                on("-color-warning-subtle", "-color-fg-default", "-sluice-warn"),
                                on("-color-danger-subtle", "-color-fg-default"),
                                on("-color-neutral-subtle", "-color-fg-default"),
                                on("-sluice-stop", "white"),
                                on("-color-accent-emphasis", "-color-fg-emphasis"))
                        .flatMap(each -> each)
                        .map(pair -> Arguments.of(theme, pair[0], pair[1])));
    }

    private static Stream<String[]> on(String ground, String... texts) {
        return Stream.of(texts).map(text -> new String[] {text, ground});
    }

    private static double ratio(Theme theme, String text, String ground) {
        var root = new StackPane();
        var scene = new Scene(root, 100, 100);
        new Appearance(theme, Density.COMFORTABLE).dress(scene);
        var below = over(resolve(root, ground), resolve(root, "-sluice-card"));
        var above = over(resolve(root, text), below);
        double light = Math.max(luminance(above), luminance(below));
        double dark = Math.min(luminance(above), luminance(below));
        return (light + 0.05) / (dark + 0.05);
    }

    private static Color resolve(StackPane root, String colour) {
        var probe = new Label();
        probe.setStyle("-fx-text-fill: " + colour + ";");
        root.getChildren().setAll(probe);
        root.applyCss();
        return (Color) probe.getTextFill();
    }

    private static Color over(Color upper, Color lower) {
        return lower.interpolate(new Color(upper.getRed(), upper.getGreen(), upper.getBlue(), 1), upper.getOpacity());
    }

    private static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed())
                + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
    }

    private static double linear(double part) {
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }
}
