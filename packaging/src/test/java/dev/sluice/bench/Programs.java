package dev.sluice.bench;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The programs of others that ours is measured beside, as Debian installs them.
final class Programs {
    static final Path NCHAN_MODULE = Path.of("/usr/lib/nginx/modules/ngx_nchan_module.so");

    private Programs() {}

    static String nginx() {
        return path("nginx");
    }

    static String varnish() {
        return path("varnishd");
    }

    static boolean hasNginx() {
        return isInstalled("nginx");
    }

    static boolean hasVarnish() {
        return isInstalled("varnishd");
    }

    static boolean hasNchan() {
        return hasNginx() && Files.isRegularFile(NCHAN_MODULE);
    }

    static boolean hasWrk() {
        return isInstalled("wrk");
    }

    /// Returns Debian's names of what is missing.
    static List<String> missing() {
        Map<String, Boolean> packages = new LinkedHashMap<>();
        packages.put("nginx-light", hasNginx());
        packages.put("varnish", hasVarnish());
        packages.put("libnginx-mod-nchan", hasNchan());
        packages.put("wrk", hasWrk());
        return packages.entrySet().stream()
                .filter(each -> !each.getValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isInstalled(String name) {
        return directories().anyMatch(directory -> Files.isExecutable(directory.resolve(name)));
    }

    /// Daemons are where not everybody's path leads.
    private static String path(String name) {
        return directories()
                .map(directory -> directory.resolve(name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse(name);
    }

    private static Stream<Path> directories() {
        return Stream.concat(
                        Stream.of(String.valueOf(System.getenv("PATH")).split(File.pathSeparator, -1)),
                        Stream.of("/usr/sbin"))
                .map(Path::of);
    }
}
