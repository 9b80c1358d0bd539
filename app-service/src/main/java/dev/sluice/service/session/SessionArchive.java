package dev.sluice.service.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.EventId;
import dev.sluice.model.Json;
import dev.sluice.model.session.SessionView;
import dev.sluice.model.sse.SseFrames;
import dev.sluice.service.replay.LogEntry;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A session as a file: one JSON object a line, the first tells what it was, the last that this is all; between them
/// one for each event. Each line but the first holds the SHA-256 of the line before, so a changed, missing or added
/// byte is found.
final class SessionArchive {
    /// The media type.
    static final String MEDIA_TYPE = "application/x-ndjson";

    private static final String FORMAT = "sluice-session";
    private static final int VERSION = 1;
    private static final int MAX_TYPE = 100;

    private SessionArchive() {}

    /// A file that was read: what it says of the session, and its events under the epoch wanted.
    record Contents(SessionView session, List<LogEntry> entries) {}

    /// The file is not what was exported.
    static final class BrokenException extends Exception {
        private static final long serialVersionUID = 1;

        /// @param line the line at fault, from 1
        BrokenException(int line, String what) {
            super("line " + line + ": " + what);
        }

        /// Returns what is wrong, without anything of the file's content.
        String reason() {
            return String.valueOf(getMessage());
        }
    }

    /// Writes a session that has ended.
    static byte[] write(SessionView session, List<LogEntry> entries, Instant exportedAt) {
        var out = new Writer();
        out.line(Json.bytes(new Header(FORMAT, VERSION, exportedAt, session)));
        for (LogEntry entry : entries) {
            out.line(Json.bytes(new Event(
                    out.previous,
                    entry.seq(),
                    entry.at(),
                    entry.type(),
                    new String(SseFrames.data(entry.frame()), UTF_8),
                    entry.terminal())));
        }
        out.line(Json.bytes(new Footer(out.previous, true, entries.size())));
        return out.bytes.toByteArray();
    }

    /// Reads a file.
    ///
    /// @param epoch what the events' ids are to name
    /// @throws BrokenException if anything is not as it was written
    static Contents read(byte[] file, String epoch) throws BrokenException {
        List<byte[]> lines = lines(file);
        if (lines.size() < 3) {
            throw new BrokenException(lines.size(), "the file is too short for an exported session");
        }
        Header header = bind(lines.getFirst(), 1, Header.class, Set.of("format", "version", "exported_at", "session"));
        if (!FORMAT.equals(header.format()) || header.version() != VERSION) {
            throw new BrokenException(1, "this is no session exported in format " + VERSION);
        }
        var entries = new ArrayList<LogEntry>();
        String previous = hash(lines.getFirst());
        for (int i = 1; i < lines.size() - 1; i++) {
            entries.add(entry(lines.get(i), i + 1, previous, epoch, i == lines.size() - 2));
            previous = hash(lines.get(i));
        }
        Footer footer = bind(lines.getLast(), lines.size(), Footer.class, Set.of("prev", "end", "events"));
        if (!previous.equals(footer.prev()) || !footer.end() || footer.events() != entries.size()) {
            throw new BrokenException(lines.size(), "the end does not fit the lines before");
        }
        return new Contents(header.session(), List.copyOf(entries));
    }

    private static LogEntry entry(byte[] line, int number, String previous, String epoch, boolean last)
            throws BrokenException {
        Event event = bind(line, number, Event.class, Set.of("prev", "seq", "at", "type", "data", "terminal"));
        if (!previous.equals(event.prev())) {
            throw new BrokenException(number, "the line before was changed, or one is missing");
        }
        if (event.seq() != number - 1) {
            throw new BrokenException(number, "the events are not numbered from 1");
        }
        if (event.terminal() != last) {
            throw new BrokenException(number, "a session ends with its one terminal event");
        }
        if (event.type().isEmpty() || event.type().length() > MAX_TYPE) {
            throw new BrokenException(number, "an event's name has 1 to " + MAX_TYPE + " characters");
        }
        try {
            byte[] frame = SseFrames.event(
                    new EventId(epoch, event.seq()).toString(),
                    event.type(),
                    event.data().getBytes(UTF_8));
            return new LogEntry(
                    event.seq(), event.at().truncatedTo(ChronoUnit.MICROS), event.type(), frame, event.terminal());
        } catch (IllegalArgumentException forged) {
            throw new BrokenException(number, "the event's name holds a line end");
        }
    }

    private static <T> T bind(byte[] line, int number, Class<T> type, Set<String> fields) throws BrokenException {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
            JsonNode tree = Json.mapper().readTree(text);
            var names = new TreeSet<String>();
            tree.fieldNames().forEachRemaining(names::add);
            if (!names.equals(new TreeSet<>(fields))) {
                throw new BrokenException(number, "the fields are not " + String.join(", ", new TreeSet<>(fields)));
            }
            for (JsonNode value : tree) {
                if (value.isNull()) {
                    throw new BrokenException(number, "a field is null");
                }
            }
            return Json.mapper().treeToValue(tree, type);
        } catch (CharacterCodingException e) {
            throw new BrokenException(number, "not valid UTF-8");
        } catch (JsonProcessingException | DateTimeException e) {
            throw new BrokenException(number, "not the JSON that is exported");
        }
    }

    /// Splits at line feeds; the last line has one, too.
    private static List<byte[]> lines(byte[] file) throws BrokenException {
        var lines = new ArrayList<byte[]>();
        int start = 0;
        for (int i = 0; i < file.length; i++) {
            if (file[i] == '\n') {
                lines.add(Arrays.copyOfRange(file, start, i));
                start = i + 1;
            }
        }
        if (start != file.length) {
            throw new BrokenException(lines.size() + 1, "the last line is not whole");
        }
        return lines;
    }

    private static String hash(byte[] line) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(line));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private record Header(String format, int version, Instant exportedAt, SessionView session) {}

    private record Event(String prev, long seq, Instant at, String type, String data, boolean terminal) {}

    private record Footer(String prev, boolean end, long events) {}

    private static final class Writer {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private String previous = "";

        void line(byte[] line) {
            bytes.writeBytes(line);
            bytes.write('\n');
            previous = hash(line);
        }
    }
}
