package dev.sluice.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Where and with what was measured.
final class Machine {
    private Machine() {}

    /// Returns what a reader needs to judge the numbers by.
    ///
    /// @param root the source tree
    /// @param command what was typed
    static List<String> describe(Path root, String command) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        lines.add("machine: " + Runtime.getRuntime().availableProcessors() + " cores, " + processor() + ", " + memory()
                + ", Linux " + System.getProperty("os.version"));
        lines.add("JDK " + Runtime.version() + ", " + said("nginx/[0-9.]+", Programs.nginx(), "-v") + ", "
                + said("varnish-[0-9.]+", Programs.varnish(), "-V") + ", nchan "
                + said("[0-9][0-9.]+", "dpkg-query", "-W", "-f=${Version}", "libnginx-mod-nchan") + ", "
                + said("wrk [^ ]*[0-9.]+", "wrk", "-v"));
        lines.add("commit " + said("[0-9a-f]{7,}", "git", "-C", root.toString(), "rev-parse", "HEAD")
                + (said("(?m)^ ?[MADR]", "git", "-C", root.toString(), "status", "--porcelain")
                                .equals("absent")
                        ? ""
                        : " with changes")
                + ", " + Instant.now().truncatedTo(ChronoUnit.MINUTES));
        lines.add("command: `" + command + "`");
        return lines;
    }

    /// Returns how many wanted to run over the last minute: over 0.5, others were measured, too.
    static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
    }

    private static String processor() throws IOException {
        return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.replaceAll(".*: ", ""))
                .findFirst()
                .orElse("a processor that does not tell its name");
    }

    private static String memory() throws IOException {
        return Files.readAllLines(Path.of("/proc/meminfo")).stream()
                .filter(line -> line.startsWith("MemTotal"))
                .map(line -> (Long.parseLong(line.replaceAll("[^0-9]", "")) >> 20) + " GiB")
                .findFirst()
                .orElse("unknown memory");
    }

    /// Returns the part of a program's output that matches, or `absent`.
    private static String said(String wanted, String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            var found = Pattern.compile(wanted).matcher(output);
            return found.find() ? found.group() : "absent";
        } catch (IOException absent) {
            return "absent";
        }
    }
}
