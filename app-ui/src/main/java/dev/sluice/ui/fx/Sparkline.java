package dev.sluice.ui.fx;

import dev.sluice.ui.store.Series;
import java.util.Arrays;
import java.util.List;
import javafx.css.CssMetaData;
import javafx.css.Styleable;
import javafx.css.StyleableProperty;
import javafx.css.StyleablePropertyFactory;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;

/// The recent course of one figure, a line from the left (oldest) to the right (now). Unknown stretches are left
/// open between dashed marks: a gap must look like one.
public final class Sparkline extends Region {
    private static final StyleablePropertyFactory<Sparkline> FACTORY =
            new StyleablePropertyFactory<>(Region.getClassCssMetaData());
    private static final double LINE_WIDTH = 1.6;
    private static final double DOT = 2.4;

    private final Canvas canvas = new Canvas();
    private final StyleableProperty<Color> line =
            FACTORY.createStyleableColorProperty(this, "line", "-sluice-line", s -> s.line, Color.GRAY);
    private final StyleableProperty<Color> mark =
            FACTORY.createStyleableColorProperty(this, "mark", "-sluice-gap", s -> s.mark, Color.GRAY);
    private double[] values = new double[120];
    private double least = 1;

    /// Creates an empty line.
    public Sparkline() {
        getStyleClass().add("sparkline");
        getChildren().add(canvas);
        canvas.setManaged(false);
        Arrays.fill(values, Double.NaN);
        List.of(line, mark).forEach(p -> ((javafx.beans.Observable) p).addListener(o -> redraw()));
    }

    /// Sets the smallest height of the scale, so that noise around nothing stays flat.
    public void setLeast(double least) {
        this.least = least;
    }

    /// Returns the smallest height of the scale.
    public double getLeast() {
        return least;
    }

    /// Shows the latest values of `series`.
    public void show(Series series) {
        var latest = new double[values.length];
        Arrays.fill(latest, Double.NaN);
        series.copyLatest(latest);
        values = latest;
        redraw();
    }

    /// Returns the latest value, NaN if unknown.
    public double latest() {
        return values[values.length - 1];
    }

    /// Returns the largest value in sight, 0 if there is none.
    public double peak() {
        return Arrays.stream(values).filter(v -> !Double.isNaN(v)).max().orElse(0);
    }

    @Override
    protected void layoutChildren() {
        if (canvas.getWidth() != getWidth() || canvas.getHeight() != getHeight()) {
            canvas.setWidth(getWidth());
            canvas.setHeight(getHeight());
            redraw();
        }
    }

    @Override
    public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
        return FACTORY.getCssMetaData();
    }

    private void redraw() {
        var g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        double scale = Math.max(least, peak()) * 1.08;
        int from = 0;
        while (from < values.length) {
            if (Double.isNaN(values[from])) {
                from++;
                continue;
            }
            int to = from;
            while (to + 1 < values.length && !Double.isNaN(values[to + 1])) {
                to++;
            }
            stretch(g, from, to, scale);
            if (from > 0 && Arrays.stream(values, 0, from).anyMatch(v -> !Double.isNaN(v))) {
                gapMark(g, x(from) - 1);
            }
            from = to + 1;
        }
    }

    private void stretch(GraphicsContext g, int from, int to, double scale) {
        g.beginPath();
        g.moveTo(x(from), y(values[from], scale));
        for (int i = from + 1; i <= to; i++) {
            g.lineTo(x(i), y(values[i], scale));
        }
        g.setStroke(line.getValue());
        g.setLineWidth(LINE_WIDTH);
        g.setLineDashes();
        g.stroke();
        g.lineTo(x(to), canvas.getHeight());
        g.lineTo(x(from), canvas.getHeight());
        g.closePath();
        g.setFill(line.getValue().deriveColor(0, 1, 1, 0.14));
        g.fill();
        if (to == values.length - 1) {
            g.setFill(line.getValue());
            g.fillOval(x(to) - DOT, y(values[to], scale) - DOT, 2 * DOT, 2 * DOT);
        }
    }

    private void gapMark(GraphicsContext g, double x) {
        g.setStroke(mark.getValue());
        g.setLineWidth(1);
        g.setLineDashes(3, 3);
        g.strokeLine(x, 0, x, canvas.getHeight());
    }

    private double x(int index) {
        return DOT + (canvas.getWidth() - 2 * DOT - 1) * index / (values.length - 1);
    }

    private double y(double value, double scale) {
        return canvas.getHeight() - DOT - (canvas.getHeight() - 2 * DOT) * value / scale;
    }
}
