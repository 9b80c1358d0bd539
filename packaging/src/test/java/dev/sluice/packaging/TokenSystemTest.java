package dev.sluice.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Tokens made by one process and believed by another, through the launcher.
@SuppressWarnings("try") // closing waits for the process, and a test that is interrupted must know
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there it is a batch file")
class TokenSystemTest {
    @TempDir
    Path directory;

    @Test
    @DisplayName("X2 tokens made before the start and beside the service work, and nothing else is printed")
    void tokensAreMadeWithAndWithoutAService() throws Exception {
        String before = token("create", "--role", "client", "--org", "acme");
        try (var system = WholeSystem.start(directory)) {
            String beside = token("create", "--role", "client", "--org", "acme");

            assertThat(List.of(before, beside)).allMatch(text -> text.matches("slc_[A-Za-z0-9_-]{43}\n"));
            for (String text : List.of(before, beside)) {
                assertThat(status(system, Map.of("Authorization", "Bearer " + text.strip())))
                        .isEqualTo(200);
            }
            assertThat(status(system, Map.of("x-org-id", "acme"))).isEqualTo(401);
            assertThat(token("list").lines()).hasSize(4).noneMatch(line -> line.contains("slc_"));
        }
    }

    private static int status(WholeSystem system, Map<String, String> headers)
            throws IOException, InterruptedException {
        return system.client.send("GET", "/api/threads/", "", headers).statusCode();
    }

    private String token(String... arguments) throws IOException, InterruptedException {
        return TokenCommand.run(directory, arguments);
    }
}
