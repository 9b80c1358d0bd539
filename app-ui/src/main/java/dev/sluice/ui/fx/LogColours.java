package dev.sluice.ui.fx;

import java.util.List;
import javafx.beans.Observable;
import javafx.css.CssMetaData;
import javafx.css.Styleable;
import javafx.css.StyleableProperty;
import javafx.css.StyleablePropertyFactory;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;

/// The colours of a [LogCanvas], from the style sheet.
final class LogColours {
    private static final StyleablePropertyFactory<LogCanvas> FACTORY =
            new StyleablePropertyFactory<>(Region.getClassCssMetaData());

    final StyleableProperty<Color> text;
    final StyleableProperty<Color> muted;
    final StyleableProperty<Color> good;
    final StyleableProperty<Color> warn;
    final StyleableProperty<Color> bad;
    final StyleableProperty<Color> chosen;

    LogColours(LogCanvas canvas) {
        text = FACTORY.createStyleableColorProperty(
                canvas, "text", "-sluice-log-text", log -> log.colours().text, Color.GRAY);
        muted = FACTORY.createStyleableColorProperty(
                canvas, "muted", "-sluice-log-muted", log -> log.colours().muted, Color.GRAY);
        good = FACTORY.createStyleableColorProperty(
                canvas, "good", "-sluice-log-good", log -> log.colours().good, Color.GRAY);
        warn = FACTORY.createStyleableColorProperty(
                canvas, "warn", "-sluice-log-warn", log -> log.colours().warn, Color.GRAY);
        bad = FACTORY.createStyleableColorProperty(
                canvas, "bad", "-sluice-log-bad", log -> log.colours().bad, Color.GRAY);
        chosen = FACTORY.createStyleableColorProperty(
                canvas, "chosen", "-sluice-log-chosen", log -> log.colours().chosen, Color.GRAY);
    }

    static List<CssMetaData<? extends Styleable, ?>> metaData() {
        return FACTORY.getCssMetaData();
    }

    void onChange(Runnable changed) {
        List.of(text, muted, good, warn, bad, chosen)
                .forEach(colour -> ((Observable) colour).addListener(any -> changed.run()));
    }

    Color of(LogRow.Tone tone) {
        return switch (tone) {
            case PLAIN -> text.getValue();
            case GOOD -> good.getValue();
            case WARN -> warn.getValue();
            case BAD -> bad.getValue();
        };
    }
}
