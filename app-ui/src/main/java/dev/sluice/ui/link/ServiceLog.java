package dev.sluice.ui.link;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The output of a service that the console started. A file, not a pipe: a service outlives its console and must
/// never block on, or die of, an output nobody reads.
public final class ServiceLog {
    /// Most lines shown.
    public static final int LINES = 500;

    private static final int TAIL_BYTES = 1 << 17;
    private static final long ROTATE_BYTES = 4L << 20;
    private static final Pattern LISTENING = Pattern.compile("listening on (https?://\\S+)");

    private final Path file;

    /// Creates a view of `file`, which need not exist.
    public ServiceLog(Path file) {
        this.file = file;
    }

    /// Returns the latest lines, oldest first; none if there is no output.
    public List<String> tail() {
        try {
            var lines = from(Math.max(0, size() - TAIL_BYTES)).lines().toList();
            return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
        } catch (IOException e) {
            return List.of();
        }
    }

    /// Makes room for the output of a new run and returns where it begins.
    long begin() throws IOException {
        if (size() > ROTATE_BYTES) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        return size();
    }

    /// Returns the address announced since `offset`.
    Optional<String> announced(long offset) throws IOException {
        var matcher = LISTENING.matcher(from(offset));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /// Returns the last line written since `offset`.
    Optional<String> lastLine(long offset) throws IOException {
        return from(Math.max(offset, size() - TAIL_BYTES))
                .lines()
                .filter(line -> !line.isBlank())
                .reduce((first, second) -> second);
    }

    Path file() {
        return file;
    }

    private long size() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private String from(long offset) throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(Math.min(offset, in.length()));
            var bytes = new byte[(int) Math.min(in.length() - in.getFilePointer(), 2L * TAIL_BYTES)];
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
