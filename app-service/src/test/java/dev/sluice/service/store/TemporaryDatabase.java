package dev.sluice.service.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A real database per test, in a directory that is gone afterwards: `@RegisterExtension`.
public final class TemporaryDatabase implements BeforeEachCallback, AfterEachCallback {
    private @Nullable Path directory;
    private @Nullable Database open;
    private final AtomicInteger commitsLeft = new AtomicInteger(Integer.MAX_VALUE);

    /// Returns the open database.
    public Database db() {
        return present(open);
    }

    /// Closes the database and opens it again, as a restart does.
    public Database reopen() {
        db().close();
        var again = Database.open(file(), options());
        open = again;
        return again;
    }

    /// Makes every commit fail, as a sick disk does, until it is told otherwise; reading goes on.
    public void commitsFail(boolean fail) {
        commitsLeft.set(fail ? 0 : Integer.MAX_VALUE);
    }

    /// Makes every commit fail after so many more.
    public void commitsLeft(int commits) {
        commitsLeft.set(commits);
    }

    /// Returns the database's file.
    public Path file() {
        return present(directory).resolve("test.db");
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        directory = Files.createTempDirectory("sluice-test");
        open = Database.open(file(), options());
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        db().close();
        try (var files = Files.list(present(directory))) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(present(directory));
    }

    private DatabaseOptions options() {
        return DatabaseOptions.defaults().withBeforeCommit(() -> {
            int left = commitsLeft.getAndUpdate(count -> count == Integer.MAX_VALUE || count == 0 ? count : count - 1);
            if (left == 0) {
                throw new IllegalStateException("the disk is sick");
            }
        });
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("use it inside a test, as a registered extension");
        }
        return value;
    }
}
