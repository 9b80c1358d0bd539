package dev.sluice.ui.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.ui.fake.DemoService;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledServiceTest {
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @AfterEach
    void endChildren() {
        http.shutdownNow();
        running().ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void startsAServiceWhereNoneRuns() throws Exception {
        var service = service();

        var found = service.locate();

        assertThat(service.startedOne()).isTrue();
        assertThat(found.base()).isEqualTo(directory().running().orElseThrow().url());
        assertThat(found.token().authorization()).isEqualTo("Bearer operator-token");
        assertThat(service.log().tail()).containsExactly("listening on " + found.base());
    }

    @Test
    void attachesToAServiceThatRuns() throws Exception {
        var base = service().locate().base();
        var second = service();

        assertThat(second.locate().base()).isEqualTo(base);
        assertThat(second.startedOne()).isFalse();
    }

    @Test
    void startsAnewWhenTheServiceDied() throws Exception {
        var service = service();
        service.locate();
        var first = running().orElseThrow();
        first.destroyForcibly();
        first.onExit().get(10, TimeUnit.SECONDS);

        service.locate();

        assertThat(running().orElseThrow().pid()).isNotEqualTo(first.pid());
        assertThat(service.startedOne()).isTrue();
    }

    @Test
    void givesNoTokenToAStrangerOnTheServicesPort() throws Exception {
        service().locate();
        var real = directory().running().orElseThrow();

        var otherInstance = new RunningService(real.url(), real.pid(), "somebody-else");
        var deadProcess = new RunningService(real.url(), Integer.MAX_VALUE, "i-7f3a");

        assertThat(real.answers(http)).isTrue();
        assertThat(otherInstance.answers(http)).isFalse();
        assertThat(deadProcess.answers(http)).isFalse();
    }

    @Test
    void saysWhyTheServiceDidNotStart() throws IOException {
        Files.createFile(folder.resolve("refuse-to-start"));

        assertThatExceptionOfType(LinkException.NoAnswer.class)
                .isThrownBy(() -> service().locate())
                .withMessage("The service ended with exit code 3: port 8000 is taken");
    }

    @Test
    void stopsTheServiceItStarted() throws Exception {
        var service = service();
        service.locate();
        var process = running().orElseThrow();

        service.stop(Duration.ofSeconds(10));

        assertThat(process.isAlive()).isFalse();
        assertThat(service.startedOne()).isFalse();
    }

    @Test
    void findsTheDataDirectoryOfEachPlatform() {
        var home = Path.of("/home/anna");

        assertThat(DataDirectory.standard(Map.of("SLUICE_HOME", "/srv/sluice"), "Linux", home)
                        .path())
                .isEqualTo(Path.of("/srv/sluice"));
        assertThat(DataDirectory.standard(Map.of("XDG_DATA_HOME", "/data"), "Linux", home)
                        .path())
                .isEqualTo(Path.of("/data/sluice"));
        assertThat(DataDirectory.standard(Map.of(), "Linux", home).path())
                .isEqualTo(Path.of("/home/anna/.local/share/sluice"));
        assertThat(DataDirectory.standard(Map.of(), "Mac OS X", home).path())
                .isEqualTo(Path.of("/home/anna/Library/Application Support/Sluice"));
    }

    @Test
    void anInstalledLauncherIsPreferredToAClassPath() {
        var system = new Properties();
        system.setProperty("java.home", "/jdk");
        system.setProperty("java.class.path", "console.jar");

        assertThat(ServiceCommand.from(system).words()).contains("/jdk/bin/java", "console.jar");
        system.setProperty("sluice.service.classpath", "service.jar");
        assertThat(ServiceCommand.from(system).words()).contains("service.jar").doesNotContain("console.jar");
        system.setProperty("sluice.service.command", "/opt/sluice/bin/sluice-service");
        assertThat(ServiceCommand.from(system).words()).containsExactly("/opt/sluice/bin/sluice-service");
    }

    @Test
    void preparedClassesAreUsedWhereThereAreSome() {
        var system = new Properties();
        system.setProperty("java.home", "/jdk");
        system.setProperty("java.class.path", "console.jar");

        assertThat(ServiceCommand.from(system).words()).noneMatch(word -> word.contains("AOTCache"));
        system.setProperty("sluice.service.aot", "/a tree/service.aot");
        assertThat(ServiceCommand.from(system).words())
                .containsSubsequence("-XX:AOTCache=/a tree/service.aot", "-cp", "console.jar");
    }

    private BundledService service() {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ServiceCommand(List.of(
                java, "-Xshare:auto", "-cp", System.getProperty("java.class.path"), DemoService.class.getName()));
        return new BundledService(http, directory(), command, 0, Duration.ofSeconds(20));
    }

    private DataDirectory directory() {
        return new DataDirectory(folder);
    }

    private Optional<ProcessHandle> running() {
        return directory().running().flatMap(running -> ProcessHandle.of(running.pid()));
    }
}
