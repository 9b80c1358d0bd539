package dev.sluice.ui.sessions;

import dev.sluice.ui.store.SessionLog;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The names of a session's events, in the order of their first appearance. Confined to the FX thread.
final class EventTypes {
    /// A log that invents names without end must not make a list without end.
    private static final int MOST = 100;

    private final ObservableList<String> names = FXCollections.observableArrayList();
    private int seen;
    private int life;

    ObservableList<String> names() {
        return names;
    }

    void clear() {
        names.clear();
        seen = 0;
        life = 0;
    }

    /// Takes in the lines that were added since the last time.
    void extend(SessionLog.Content content) {
        if (content.life() != life) {
            clear();
            life = content.life();
        }
        for (; seen < content.size(); seen++) {
            var name = EventLines.name(content.line(seen));
            if (names.size() < MOST && !names.contains(name)) {
                names.add(name);
            }
        }
    }
}
