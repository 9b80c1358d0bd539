package dev.sluice.ui.sessions;

import dev.sluice.model.session.SessionView;
import dev.sluice.ui.change.NoteBar;
import dev.sluice.ui.fx.Fxml;
import dev.sluice.ui.fx.LogCanvas;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import org.controlsfx.control.MasterDetailPane;
import org.jspecify.annotations.Nullable;

/// Wires the open session: its log, the chosen event, the replay.
@SuppressWarnings("NullAway.Init") // FXMLLoader sets the fields
final class OpenSessionView {
    private static final PseudoClass STALE = PseudoClass.getPseudoClass("stale");

    private final OpenSessionViewModel model;
    private final Parent root;
    private final SessionHead head;
    private final EventDetail detail;
    private final EventJumps jumps;
    private final Runnable close;
    private String described = "";
    private long drawn = -1;

    @FXML
    private VBox card;

    @FXML
    private NoteBar note;

    @FXML
    private MasterDetailPane split;

    @FXML
    private LogCanvas log;

    /// @param clipboard where copied text goes
    /// @param close gives the keyboard back to the list
    OpenSessionView(SessionsViewModel screen, Consumer<String> clipboard, Runnable close) {
        this.model = screen.open();
        this.close = close;
        this.root = Fxml.load(this);
        this.head = new SessionHead(screen, log, clipboard, this::close);
        this.detail = new EventDetail(clipboard);
        this.jumps = new EventJumps(model, log, this::refresh);
        split.setDetailNode(detail.node());
        card.getChildren().addFirst(head.node());
        card.getChildren().addAll(jumps.node(), new ReplayBar(model.replay()).node());
        head.details().subscribe(split::setShowDetailNode);
        model.note().subscribe(note::show);
        model.stale().subscribe(stale -> log.pseudoClassStateChanged(STALE, stale));
        model.session().subscribe(this::describe);
        model.replay().playing().subscribe(this::keepUp);
        log.chosen().subscribe(index -> choose(index.intValue()));
        log.addEventHandler(KeyEvent.KEY_TYPED, this::type);
        card.addEventHandler(KeyEvent.KEY_PRESSED, this::press);
    }

    Parent node() {
        return root;
    }

    /// Draws the log if it looks different.
    void refresh() {
        model.refresh();
        if (drawn != model.version()) {
            drawn = model.version();
            log.show(model.shown(), model::row);
        }
    }

    private void describe(@Nullable SessionView session) {
        if (session == null) {
            described = "";
            return;
        }
        var row = SessionRow.of(session, model.now());
        head.show(row);
        if (!described.equals(session.id())) {
            described = session.id();
            log.begin(row.running());
        }
        if (log.chosen().get() < 0) {
            detail.show(row);
        }
    }

    private void choose(int index) {
        var session = model.session().get();
        if (index >= 0 && index < model.shown()) {
            detail.show(model.line(index), model.replay().timeline().offset(index));
            head.details().set(true);
        } else if (session != null) {
            detail.show(SessionRow.of(session, model.now()));
        }
    }

    /// What is played comes at the end of the log.
    private void keepUp(boolean playing) {
        if (playing) {
            log.follows().set(true);
        }
    }

    private void close() {
        model.close();
        close.run();
    }

    private void type(KeyEvent event) {
        switch (event.getCharacter()) {
            case " " -> model.replay().toggle();
            case "+" -> model.replay().faster(1);
            case "-" -> model.replay().faster(-1);
            case "e" -> jumps.toError();
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void press(KeyEvent event) {
        if (event.getCode() != KeyCode.ESCAPE) {
            return;
        }
        if (log.chosen().get() >= 0) {
            log.choose(-1);
            log.requestFocus();
        } else {
            close();
        }
        event.consume();
    }
}
