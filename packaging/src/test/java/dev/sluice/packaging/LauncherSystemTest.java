package dev.sluice.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The launcher over what was just built; what the build put together for it.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there it is a batch file")
class LauncherSystemTest {
    private final Path launcher = SourceTree.ofThisBuild().root().resolve("packaging/sluice");

    @Test
    void helpNamesTheCommands() throws Exception {
        Ran help = run(launcher, Map.of(), "--help");

        assertThat(help.status).isZero();
        assertThat(help.output).contains("console", "service", "demo", "SLUICE_JAVA_OPTS");
    }

    @Test
    void unknownCommandIsAnErrorWithTheUsage() throws Exception {
        Ran ran = run(launcher, Map.of(), "fly");

        assertThat(ran.status).isEqualTo(2);
        assertThat(ran.output).contains("unknown command 'fly'", "usage:");
    }

    @Test
    void runsThroughASymbolicLinkFromAnywhere(@TempDir Path elsewhere) throws Exception {
        Path link = Files.createSymbolicLink(elsewhere.resolve("a link"), launcher);

        Ran help = run(link, Map.of(), "demo", "--help");

        assertThat(help.output).contains("sluice demo", "--rounds");
        assertThat(help.status).isZero();
    }

    @Test
    void missingJdkIsAnErrorThatSaysWhatToDo(@TempDir Path empty) throws Exception {
        Path copy = treeWith(empty);
        String script = Files.readString(copy).replace("/usr/lib/jvm/", empty + "/");
        Files.writeString(copy, script);

        Ran ran = run(
                copy, Map.of("JAVA_HOME", empty.toString(), "HOME", empty.toString(), "PATH", tools(empty)), "demo");

        assertThat(ran.status).isEqualTo(1);
        assertThat(ran.output).contains("no JDK 25 or newer found", "JAVA_HOME");
    }

    @Test
    void buildPreparesTheClassesOfTheService(@TempDir Path empty) throws Exception {
        Path copy = treeWith(empty);
        Path builder = Files.createDirectories(empty.resolve("bin")).resolve("mvn");
        Path built = empty.resolve("a tree/packaging/target/dist");
        Files.writeString(builder, "#!/bin/sh\nln -s '" + dist() + "' '" + built + "'\n");
        assertThat(builder.toFile().setExecutable(true)).isTrue();
        // with AOTMode=on the JVM does not start without them
        Map<String, String> environment = Map.of(
                "SLUICE_BUILD", "auto",
                "SLUICE_JAVA_OPTS", "-XX:AOTMode=on",
                "PATH", builder.getParent() + ":" + System.getenv("PATH"));

        Ran ran = run(copy, environment, "service", "--version");

        assertThat(ran.output).containsPattern("(?m)^sluice-service \\d").doesNotContain("starts will take longer");
        assertThat(ran.status).isZero();
        assertThat(empty.resolve("a tree/packaging/target/service.aot")).isNotEmptyFile();
        assertThat(empty.resolve("a tree/packaging/target/native"))
                .isDirectoryRecursivelyContaining(
                        "regex:.*/sqlite-jdbc-[^/]*\\.jar/" + System.mapLibraryName("sqlitejdbc"));

        // built again without the launcher: JDK 25 would run the old code
        Path prepared = empty.resolve("a tree/packaging/target/service.aot");
        Files.setLastModifiedTime(prepared, FileTime.from(Instant.EPOCH));
        Files.writeString(builder, "#!/bin/sh\necho mvn is not needed\nexit 1\n");
        assertThat(run(copy, environment, "service", "--version"))
                .isEqualTo(new Ran(0, "sluice: preparing the classes of what was built\n" + lastLine(ran.output)));
        assertThat(Files.getLastModifiedTime(prepared).toInstant()).isAfter(Instant.EPOCH);
    }

    @Test
    void preparedClassesOfAnEarlierBuildAreLeftAlone(@TempDir Path empty) throws Exception {
        Path copy = treeWith(empty);
        Path target = Files.createDirectories(empty.resolve("a tree/packaging/target"));
        Files.createSymbolicLink(target.resolve("dist"), dist());
        Path prepared = Files.writeString(target.resolve("service.aot"), "of an earlier build");
        Map<String, String> telling = Map.of("SLUICE_JAVA_OPTS", "-XX:+PrintCommandLineFlags");

        assertThat(run(copy, telling, "service", "--version").output).contains("-XX:AOTCache=" + prepared);
        Files.setLastModifiedTime(prepared, FileTime.from(Instant.EPOCH));
        assertThat(run(copy, telling, "service", "--version").output)
                .contains("-XX:+UseSerialGC", "sluice-service")
                .doesNotContain("AOTCache");
    }

    @Test
    void preparedClassesThatDoNotFitAreLeftAlone(@TempDir Path empty) throws Exception {
        Path copy = treeWith(empty);
        Path target = Files.createDirectories(empty.resolve("a tree/packaging/target"));
        Files.createSymbolicLink(target.resolve("dist"), dist());
        Files.writeString(target.resolve("service.aot"), "of another release");

        Ran ran = run(copy, Map.of(), "service", "--version");

        assertThat(ran.output).matches("sluice-service \\S+\\R");
        assertThat(ran.status).isZero();
    }

    @Test
    void serviceDoesNotStartWithoutTheMachinesCertificates(@TempDir Path empty) throws Exception {
        Path garbage = Files.writeString(empty.resolve("garbage"), "no certificates");

        Ran ran = run(
                launcher,
                Map.of("SLUICE_JAVA_OPTS", "-Djavax.net.ssl.trustStore=" + garbage),
                "service",
                "--port",
                "0",
                "--data-dir",
                empty.resolve("data").toString());

        assertThat(ran.status).isEqualTo(1);
        assertThat(ran.output).contains("SSLContext").doesNotContain("listening on");
    }

    @Test
    void eachProgramHasItsOwnClassPath() throws IOException {
        assertThat(jars("service"))
                .anyMatch(jar -> jar.startsWith("sqlite-jdbc"))
                .noneMatch(LauncherSystemTest::isForeign);
        assertThat(jars("service")).noneMatch(jar -> jar.startsWith("javafx"));
        assertThat(jars("console"))
                .anyMatch(jar -> jar.startsWith("javafx-graphics"))
                .noneMatch(LauncherSystemTest::isForeign);
        assertThat(jars("console")).noneMatch(jar -> jar.startsWith("sqlite") || jar.startsWith("app-service"));
        assertThat(jars("demo")).anyMatch(jar -> jar.startsWith("packaging")).noneMatch(LauncherSystemTest::isForeign);
    }

    private static boolean isForeign(String jar) {
        return jar.contains("-tests")
                || List.of("junit", "assertj", "archunit", "testfx", "palantir").stream()
                        .anyMatch(jar::startsWith);
    }

    private static List<String> jars(String program) throws IOException {
        Path directory = Path.of(System.getProperty("sluice.dist", ""), program);
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /// A source tree of which only the launcher is there.
    private Path treeWith(Path directory) throws IOException {
        Path packaging = Files.createDirectories(directory.resolve("a tree/packaging"));
        return Files.copy(launcher, packaging.resolve("sluice"));
    }

    private static Path dist() {
        return Path.of(System.getProperty("sluice.dist", "")).resolve("..").normalize();
    }

    /// A PATH with the tools that the launcher needs and without any `java`.
    private static String tools(Path directory) throws IOException {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        for (String tool : List.of("sh", "dirname", "readlink", "sed", "find", "head", "uname")) {
            Path found = Files.exists(Path.of("/usr/bin", tool)) ? Path.of("/usr/bin", tool) : Path.of("/bin", tool);
            Files.createSymbolicLink(bin.resolve(tool), found);
        }
        return bin.toString();
    }

    private static Ran run(Path script, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", script.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        // Maven is running: what is tested is what it built
        builder.environment().put("SLUICE_BUILD", "never");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running: " + command);
        }
        return new Ran(process.exitValue(), output);
    }

    private static String lastLine(String output) {
        return output.substring(output.stripTrailing().lastIndexOf('\n') + 1);
    }

    private record Ran(int status, String output) {}
}
