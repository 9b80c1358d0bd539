package dev.sluice.ui.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--connect http://host:8000 | needs --token-file",
                "--token-file t | goes with --connect",
                "--connect ftp://host --token-file t | needs a URL",
                "--connect http://host --token-file /no/such | cannot read the token file",
                "--ca x.pem | goes with --connect https",
                "--port 70000 | must be 0-65535",
                "--port x | --port",
                "--theme plaid | expected light, dark or system",
                "--frobnicate | Unknown option"
            })
    void aSenselessCommandLineIsOneClearLineAndTwo(String line, String reason) {
        assertThat(run(line.split(" "))).isEqualTo(2);
        assertThat(err.toString().strip())
                .startsWith("sluice-console: ")
                .contains(reason)
                .hasLineCount(1);
    }

    @Test
    void helpNamesEveryOption() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("--connect", "--token-file", "--ca", "--data-dir", "--port", "--theme", "--version");
    }

    @Test
    void versionIsTold() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("sluice-console ");
    }

    @Test
    void aSensibleOneOpensTheWindow(@TempDir Path folder) throws IOException {
        var token = Files.writeString(folder.resolve("token"), "abc\n");

        assertThat(run()).isNegative();
        assertThat(run("--data-dir", "/tmp/x", "--port", "0", "--theme", "dark"))
                .isNegative();
        assertThat(run("--connect", "https://host:8443", "--token-file", token.toString()))
                .isNegative();
    }

    private int run(String... args) {
        return Main.answer(args, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
