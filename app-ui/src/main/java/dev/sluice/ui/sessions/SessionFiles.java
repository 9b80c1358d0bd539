package dev.sluice.ui.sessions;

import dev.sluice.model.session.SessionView;
import dev.sluice.ui.change.Desk;
import dev.sluice.ui.change.Mood;
import dev.sluice.ui.change.Note;
import dev.sluice.ui.fx.Figures;
import dev.sluice.ui.link.LinkException;
import dev.sluice.ui.link.SessionClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Takes sessions out as files and brings them in. Confined to the FX thread.
final class SessionFiles {
    /// What the service takes at most.
    static final long MOST_BYTES = 32L << 20;

    private final Desk desk;
    private final SessionClient sessions;
    private final ReadOnlyObjectWrapper<Note> note = new ReadOnlyObjectWrapper<>(this, "note", Note.NONE);

    SessionFiles(Desk desk, SessionClient sessions) {
        this.desk = desk;
        this.sessions = sessions;
    }

    /// What became of the last file.
    ReadOnlyObjectProperty<Note> note() {
        return note.getReadOnlyProperty();
    }

    /// Asks for a file and writes a session that has ended into it.
    void export(SessionView session) {
        var name = session.id().replaceAll("[^A-Za-z0-9_-]", "_") + ".ndjson";
        desk.dialogs()
                .saveFile("Export the session", name, file -> desk.background().execute(() -> write(session, file)));
    }

    /// Asks for a file and has the service store what is in it.
    ///
    /// @param stored hears of the new session
    void bringIn(Consumer<SessionView> stored) {
        if (desk.obstacle().isEmpty()) {
            desk.dialogs()
                    .openFile("Import a session", file -> desk.background().execute(() -> read(file, stored)));
        }
    }

    private void write(SessionView session, Path file) {
        tell("Reading the session…", Mood.WAITING);
        try {
            var bytes = sessions.export(session.id());
            Files.write(file, bytes);
            tell("The session is in " + file + " (" + Figures.bytes(bytes.length) + ")", Mood.GOOD);
        } catch (IOException e) {
            tell("The file could not be written: " + e.getMessage(), Mood.BAD);
        } catch (LinkException e) {
            tell("The session could not be exported: " + e.told(), Mood.BAD);
        }
    }

    private void read(Path file, Consumer<SessionView> stored) {
        tell("Importing " + file.getFileName() + "…", Mood.WAITING);
        try {
            if (Files.size(file) > MOST_BYTES) {
                tell("The file is larger than any exported session; nothing was imported.", Mood.BAD);
                return;
            }
            var session = sessions.bringIn(Files.readAllBytes(file));
            tell("Imported as " + session.id() + "; its events are those of " + session.importedFrom(), Mood.GOOD);
            desk.fx().execute(() -> stored.accept(session));
        } catch (IOException e) {
            tell("The file could not be read: " + e.getMessage(), Mood.BAD);
        } catch (LinkException e) {
            tell("The file was not imported: " + e.told(), Mood.BAD);
        }
    }

    private void tell(String text, Mood mood) {
        desk.fx().execute(() -> note.set(new Note(text, mood)));
    }
}
