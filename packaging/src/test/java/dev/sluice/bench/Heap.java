package dev.sluice.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// The heap of another JVM, asked by `jcmd`.
final class Heap {
    private static final Pattern USED = Pattern.compile("(?m)^ *(?!Metaspace|class).*[ ,]used (\\d+)K");

    private Heap() {}

    /// Returns the bytes in use after a collection.
    static long used(long pid) throws IOException, InterruptedException {
        jcmd(pid, "GC.run");
        long kilobytes = USED.matcher(jcmd(pid, "GC.heap_info"))
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
        if (kilobytes == 0) {
            throw new IOException("jcmd told no heap");
        }
        return kilobytes * 1024;
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
