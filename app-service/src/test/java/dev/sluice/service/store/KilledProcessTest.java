package dev.sluice.service.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class KilledProcessTest {
    @TempDir
    Path directory;

    @Test
    @DisplayName("X3 kill -9: every acknowledged write is there, and the directory opens again")
    void everyAcknowledgedWriteSurvives() throws Exception {
        var acknowledged = new ArrayList<String>();
        var process = WritingProcess.command(directory).start();
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("open");
            while (acknowledged.size() < 2_000) {
                acknowledged.add(line(out));
            }
            // Process.destroyForcibly would close the pipe, and with it hide what was acknowledged last
            process.toHandle().destroyForcibly();
            // whole lines left in the pipe were acknowledged too; the last may be cut
            out.lines().forEach(acknowledged::add);
            acknowledged.removeLast();
        }
        process.waitFor();

        try (var reopened = DataDirectory.open(directory);
                var db = Database.open(reopened)) {
            var stored = db.read(sql -> sql.list("SELECT id FROM items", row -> row.text("id")));
            assertThat(new HashSet<>(stored)).containsAll(acknowledged);
        }
    }

    @Test
    void secondProcessIsRefusedWithTheHoldersAddress() throws Exception {
        var process = WritingProcess.command(directory).start();
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("open");
            Files.writeString(directory.resolve("service.json"), "{\"url\":\"http://127.0.0.1:8000\",\"pid\":4711}");

            assertThatExceptionOfType(DataDirectoryInUseException.class)
                    .isThrownBy(() -> DataDirectory.open(directory))
                    .withMessageContaining(directory.toString())
                    .withMessageContaining("url=http://127.0.0.1:8000 pid=4711");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static String line(BufferedReader out) throws IOException {
        var line = out.readLine();
        assertThat(line).as("the process died by itself").isNotNull();
        return line;
    }
}
