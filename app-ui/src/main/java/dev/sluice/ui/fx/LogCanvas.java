package dev.sluice.ui.fx;

import java.util.List;
import java.util.function.IntFunction;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.css.CssMetaData;
import javafx.css.Styleable;
import javafx.geometry.Orientation;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;
import javafx.scene.text.Text;

/// A log of any length: only the rows in sight are asked for and drawn, so its cost does not depend on how
/// many there are. A row can be chosen; the end is followed until the reader leaves it.
public final class LogCanvas extends Region {
    private static final double ROW = 20;
    private static final double BAR = 12;
    private static final double PAD = 10;
    private static final int WHEEL_ROWS = 3;
    private static final Font FONT = Font.font("Monospaced", 12.5);
    /// Where number, name and text begin, in characters.
    private static final int[] STOPS = {12, 18, 31};

    private final Canvas canvas = new Canvas();
    private final ScrollBar bar = new ScrollBar();
    private final LogColours colours;
    private final double letter;
    private final ReadOnlyIntegerWrapper chosen = new ReadOnlyIntegerWrapper(this, "chosen", -1);
    private final BooleanProperty follows = new SimpleBooleanProperty(this, "follows", true);
    private IntFunction<LogRow> rows = any -> new LogRow("", "", "", "", LogRow.Tone.PLAIN);
    private int count;
    private int first;
    private boolean placing;

    /// Creates an empty log.
    public LogCanvas() {
        getStyleClass().add("log-canvas");
        colours = new LogColours(this);
        colours.onChange(this::redraw);
        var measure = new Text("0");
        measure.setFont(FONT);
        letter = measure.getLayoutBounds().getWidth();
        canvas.setManaged(false);
        bar.setManaged(false);
        bar.setOrientation(Orientation.VERTICAL);
        bar.setFocusTraversable(false);
        bar.setAccessibleText("Scroll the log");
        bar.valueProperty().subscribe(value -> scrolled(value.intValue()));
        getChildren().addAll(canvas, bar);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.TEXT);
        addEventHandler(KeyEvent.KEY_PRESSED, this::press);
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::point);
        addEventHandler(ScrollEvent.SCROLL, this::turn);
        follows.subscribe(follow -> place());
        chosen.subscribe(this::say);
        say();
    }

    LogColours colours() {
        return colours;
    }

    /// Shows rows.
    ///
    /// @param newCount how many there are
    /// @param newRows tells each, from 0
    public void show(int newCount, IntFunction<LogRow> newRows) {
        count = newCount;
        rows = newRows;
        if (chosen.get() >= count) {
            chosen.set(count - 1);
        }
        place();
        say();
    }

    /// Shows nothing, until other rows are shown from their beginning.
    ///
    /// @param follow whether new rows at the end are to be brought into sight
    public void begin(boolean follow) {
        count = 0;
        chosen.set(-1);
        first = 0;
        follows.set(follow);
        place();
    }

    /// Returns how many rows are shown.
    public int count() {
        return count;
    }

    /// Returns a row as it is shown.
    public LogRow row(int index) {
        return rows.apply(index);
    }

    /// Returns which row is chosen; -1 if none is.
    public ReadOnlyIntegerProperty chosen() {
        return chosen.getReadOnlyProperty();
    }

    /// Returns whether new rows at the end are brought into sight.
    public BooleanProperty follows() {
        return follows;
    }

    /// Chooses a row and brings it into sight; -1 chooses none.
    public void choose(int index) {
        int wanted = Math.clamp(index, -1, count - 1);
        chosen.set(wanted);
        if (wanted >= 0) {
            if (wanted < count - 1) {
                follows.set(false);
            }
            if (wanted < first) {
                first = wanted;
            } else if (wanted >= first + visibleRows()) {
                first = wanted - visibleRows() + 1;
            }
        }
        place();
    }

    @Override
    protected void layoutChildren() {
        double width = Math.max(0, getWidth() - BAR);
        if (canvas.getWidth() != width || canvas.getHeight() != getHeight()) {
            canvas.setWidth(width);
            canvas.setHeight(getHeight());
            place();
        }
        bar.resizeRelocate(width, 0, BAR, getHeight());
    }

    @Override
    public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
        return LogColours.metaData();
    }

    private void press(KeyEvent event) {
        if (event.isShortcutDown() || event.isAltDown()) {
            return;
        }
        int page = Math.max(1, visibleRows() - 1);
        switch (event.getCode()) {
            case UP -> step(-1);
            case DOWN -> step(1);
            case PAGE_UP -> step(-page);
            case PAGE_DOWN -> step(page);
            case HOME -> choose(0);
            case END -> {
                choose(count - 1);
                follows.set(true);
            }
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void step(int by) {
        int from = chosen.get() >= 0 ? chosen.get() : by > 0 ? first - 1 : first + visibleRows();
        choose(Math.clamp((long) from + by, 0, Math.max(0, count - 1)));
    }

    private void point(MouseEvent event) {
        requestFocus();
        int row = first + (int) ((event.getY() - ROW) / ROW);
        if (event.getY() >= ROW && row < count) {
            choose(row);
        }
    }

    private void turn(ScrollEvent event) {
        int by = event.getDeltaY() > 0 ? -WHEEL_ROWS : WHEEL_ROWS;
        scrollTo(first + by);
        event.consume();
    }

    private void scrolled(int to) {
        if (!placing) {
            scrollTo(to);
        }
    }

    private void scrollTo(int to) {
        first = to;
        follows.set(to >= lastFirst());
        place();
    }

    private int visibleRows() {
        return Math.max(1, (int) (canvas.getHeight() / ROW) - 1);
    }

    private int lastFirst() {
        return Math.max(0, count - visibleRows());
    }

    private void place() {
        first = follows.get() ? lastFirst() : Math.clamp(first, 0, lastFirst());
        placing = true;
        bar.setMax(lastFirst());
        bar.setVisibleAmount(count == 0 ? 1 : (double) lastFirst() * visibleRows() / count);
        bar.setBlockIncrement(visibleRows());
        bar.setValue(first);
        bar.setVisible(lastFirst() > 0);
        placing = false;
        redraw();
    }

    private void say() {
        int row = chosen.get();
        setAccessibleText(
                row < 0 || row >= count
                        ? "Log of " + count + (count == 1 ? " line" : " lines")
                        : "Line " + (row + 1) + " of " + count + ": "
                                + rows.apply(row).spoken());
    }

    private void redraw() {
        var g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        g.setFont(FONT);
        g.setTextBaseline(VPos.CENTER);
        g.setFill(colours.muted.getValue());
        write(g, new LogRow("Time", "#", "Event", "Data", LogRow.Tone.PLAIN), ROW / 2);
        int end = Math.min(count, first + visibleRows() + 1);
        for (int i = first; i < end; i++) {
            double top = (i - first + 1) * ROW;
            var row = rows.apply(i);
            if (i == chosen.get()) {
                g.setFill(colours.chosen.getValue());
                g.fillRect(0, top, canvas.getWidth(), ROW);
            }
            g.setFill(colours.of(row.tone()));
            write(g, row, top + ROW / 2);
        }
    }

    private void write(GraphicsContext g, LogRow row, double y) {
        g.fillText(cut(row.when(), STOPS[0] - 1), PAD, y);
        g.fillText(cut(row.number(), STOPS[1] - STOPS[0] - 1), PAD + STOPS[0] * letter, y);
        g.fillText(cut(row.name(), STOPS[2] - STOPS[1] - 1), PAD + STOPS[1] * letter, y);
        int room = (int) ((canvas.getWidth() - PAD) / letter) - STOPS[2];
        g.fillText(cut(row.text(), room), PAD + STOPS[2] * letter, y);
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Math.max(0, most - 1);
        return text.substring(0, end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
