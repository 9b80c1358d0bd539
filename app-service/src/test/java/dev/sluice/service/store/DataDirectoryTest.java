package dev.sluice.service.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataDirectoryTest {
    @TempDir
    Path parent;

    @Test
    void isCreatedPrivate() throws Exception {
        try (var directory = DataDirectory.open(parent.resolve("a/b"))) {
            assertThat(mode(directory.path())).isEqualTo("rwx------");
            assertThat(mode(directory.resolve("service.lock"))).isEqualTo("rw-------");
            assertThat(directory.databaseFile().getParent()).isEqualTo(directory.path());
        }
    }

    @Test
    void isTightenedIfOthersMayLook() throws Exception {
        var loose = Files.createDirectory(parent.resolve("loose"));
        Files.setPosixFilePermissions(loose, PosixFilePermissions.fromString("rwxr-xr-x"));

        try (var directory = DataDirectory.open(loose)) {
            assertThat(mode(directory.path())).isEqualTo("rwx------");
        }
    }

    @Test
    void fileInItsPlaceIsAClearError() throws Exception {
        var file = Files.createFile(parent.resolve("file"));

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> DataDirectory.open(file))
                .withMessageContaining(file.toString())
                .withMessageContaining("SLUICE_HOME");
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> DataDirectory.open(file.resolve("below")));
    }

    @Test
    void secondOpenIsRefusedAndLeavesTheLock() {
        try (var first = DataDirectory.open(parent)) {
            for (int i = 0; i < 2; i++) {
                assertThatExceptionOfType(DataDirectoryInUseException.class)
                        .isThrownBy(() -> DataDirectory.open(parent))
                        .withMessageContaining(first.path().toString());
            }
        }
        DataDirectory.open(parent).close();
    }

    @Test
    void writesPrivateFilesWhole() throws Exception {
        try (var directory = DataDirectory.open(parent)) {
            directory.writePrivate("operator.token", "one".getBytes(StandardCharsets.UTF_8));
            directory.writePrivate("operator.token", "two".getBytes(StandardCharsets.UTF_8));

            assertThat(directory.resolve("operator.token")).hasContent("two");
            assertThat(mode(directory.resolve("operator.token"))).isEqualTo("rw-------");
            assertThat(parent.toFile().list()).containsExactlyInAnyOrder("operator.token", "service.lock");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/b", "/etc/passwd", "..", ".", ""})
    void resolvesPlainNamesOnly(String name) {
        try (var directory = DataDirectory.open(parent)) {
            assertThatIllegalArgumentException().isThrownBy(() -> directory.resolve(name));
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
