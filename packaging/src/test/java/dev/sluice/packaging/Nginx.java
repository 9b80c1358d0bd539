package dev.sluice.packaging;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// An nginx in front of a service, on a free port, with the buffering that it has unless told otherwise.
@SuppressWarnings("try") // closing waits for the process, and a test that is interrupted must know
final class Nginx implements AutoCloseable {
    private static final long START_SECONDS = 60;

    private final URI base;
    private final Process process;
    private final CompletableFuture<Boolean> working = new CompletableFuture<>();

    @SuppressWarnings("JdkObsolete") // written by one thread, read by another
    private final StringBuffer printed = new StringBuffer();

    private Nginx(URI base, Process process) {
        this.base = base;
        this.process = process;
        Thread.ofVirtual().name("nginx output").start(this::read);
    }

    /// @param directory an empty one, for its files
    static Nginx start(Path directory, URI service) throws Exception {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path config = Files.writeString(directory.resolve("nginx.conf"), """
            daemon off;
            user root;
            worker_processes 1;
            pid nginx.pid;
            error_log stderr notice;
            events {}
            http {
                access_log off;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                scgi_temp_path scgi;
                uwsgi_temp_path uwsgi;
                server {
                    listen 127.0.0.1:%d;
                    location / {
                        proxy_pass %s;
                        proxy_http_version 1.1;
                    }
                }
            }
            """.formatted(port, service));
        var builder = new ProcessBuilder(List.of(executable(), "-p", directory.toString(), "-c", config.toString()))
                .redirectErrorStream(true);
        var nginx = new Nginx(URI.create("http://127.0.0.1:" + port), builder.start());
        if (!nginx.working.get(START_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("nginx did not start; it printed:\n" + nginx.printed);
        }
        return nginx;
    }

    /// Returns where it listens.
    URI base() {
        return base;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy(); // it ends its worker, too
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /// Where Debian has it, which is not in everybody's path.
    private static String executable() {
        return Files.isExecutable(Path.of("/usr/sbin/nginx")) ? "/usr/sbin/nginx" : "nginx";
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                printed.append(line).append('\n');
                if (line.contains("start worker process ")) {
                    working.complete(true);
                }
            }
        } catch (IOException e) {
            working.completeExceptionally(new UncheckedIOException(e));
        }
        working.complete(false);
    }
}
