package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/// What Linux tells of processes.
final class Proc {
    /// USER_HZ: what /proc counts in, the same on every Linux that people run.
    private static final long TICK_NANOS = 10_000_000;

    private Proc() {}

    /// Returns how much processor time processes have taken, in nanoseconds, to 10 ms each.
    static long cpuNanos(Collection<Long> pids) throws IOException {
        long ticks = 0;
        for (long pid : pids) {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // the name may hold spaces; what follows its bracket begins with field 3
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        }
        return ticks * TICK_NANOS;
    }

    /// Returns how many files and sockets a process has open.
    static int openFiles(long pid) throws IOException {
        try (var open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return (int) open.count();
        }
    }

    /// Returns the memory of a process that is in RAM, in bytes.
    static long residentBytes(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        throw new IOException("no VmRSS of process " + pid);
    }
}
