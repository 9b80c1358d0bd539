package dev.sluice.service.store;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/// A process that opens a data directory, says so, writes without end and prints each id once it is
/// acknowledged.
final class WritingProcess {
    private WritingProcess() {}

    @SuppressWarnings("resource") // it is there to be killed
    public static void main(String[] args) {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        // the directory's lock lasts as long as it is referred to
        try (var held = DataDirectory.open(Path.of(args[0]));
                var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            var db = Database.open(held);
            db.write("table", sql -> sql.update("CREATE TABLE IF NOT EXISTS items (id TEXT PRIMARY KEY)"));
            out.println("open");
            IntStream.range(0, 16)
                    .forEach(writer -> writers.execute(() -> {
                        for (int i = 0; true; i++) {
                            var id = writer + "-" + i;
                            db.write("insert", sql -> sql.update("INSERT INTO items VALUES (?)", id));
                            out.println(id);
                        }
                    }));
        }
    }

    static ProcessBuilder command(Path directory) {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WritingProcess.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
    }
}
