package dev.sluice.service.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;

/// How many connections the process has files for.
///
/// Without files left, accepting fails, and Helidon's listener then ends for good (4.1.7). So clients get half of what
/// is free at the start: the other half is for the calls to providers that they cause, the store and the rest.
final class OpenFiles {
    private static final System.Logger LOG = System.getLogger(OpenFiles.class.getName());
    private static final int LEAST = 4;

    private OpenFiles() {}

    /// Returns `wanted`, or as many as can be afforded, which is logged then.
    static int connections(int wanted) {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)) {
            return wanted;
        }
        long most = system.getMaxFileDescriptorCount();
        int affordable = affordable(wanted, most - system.getOpenFileDescriptorCount());
        if (affordable < wanted) {
            LOG.log(Level.WARNING, "event=connections_limited limit=" + affordable + " open_files=" + most);
        }
        return affordable;
    }

    static int affordable(int wanted, long free) {
        return Math.clamp(free / 2, Math.min(LEAST, wanted), wanted);
    }
}
