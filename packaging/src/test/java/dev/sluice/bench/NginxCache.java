package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// nginx with proxy_cache_lock: the first of equal POSTs is passed on, the others wait until its answer is
/// cached.
final class NginxCache implements Contender {
    static final Pattern WORKING = Pattern.compile("start worker process \\d");

    private final Child process;
    private final int port;
    private final int workers;

    private NginxCache(Child process, int port, int workers) {
        this.process = process;
        this.port = port;
        this.workers = workers;
    }

    /// @param ttlSeconds how long answers are kept
    static NginxCache start(Run run, Provider provider, int workers, int ttlSeconds)
            throws IOException, InterruptedException {
        int port = Http.freePort();
        Child process = start(run, workers, """
                    proxy_cache_path %s/cache levels=1:2 keys_zone=answers:50m max_size=1g inactive=10m use_temp_path=off;
                    upstream provider {
                        server 127.0.0.1:%d;
                        keepalive 64;
                    }
                    server {
                        listen 127.0.0.1:%d backlog=4096;
                        location / {
                            proxy_pass http://provider;
                            proxy_http_version 1.1;
                            proxy_set_header Connection "";
                            client_body_buffer_size 128k;
                            proxy_ignore_headers Expires;
                            proxy_cache answers;
                            proxy_cache_methods GET HEAD POST;
                            proxy_cache_key "$request_uri|$request_body";
                            proxy_cache_valid 200 %ds;
                            proxy_cache_lock on;
                            proxy_cache_lock_timeout 60s;
                            proxy_cache_lock_age 60s;
                        }
                    }
                """, provider.port(), port, ttlSeconds);
        return run.own(new NginxCache(process, port, workers));
    }

    private static Child start(Run run, int workers, String http, Object... values)
            throws IOException, InterruptedException {
        Path directory = run.newDirectory("nginx");
        Object[] all = new Object[values.length + 1];
        all[0] = directory;
        System.arraycopy(values, 0, all, 1, values.length);
        return launch(directory, workers, "", http.formatted(all));
    }

    /// Starts an nginx.
    ///
    /// @param modules lines that load some
    /// @param http what its block of that name holds
    static Child launch(Path directory, int workers, String modules, String http)
            throws IOException, InterruptedException {
        Path config = Files.writeString(directory.resolve("nginx.conf"), """
            %s
            daemon off;
            user root;
            worker_processes %d;
            worker_rlimit_nofile 20000;
            pid nginx.pid;
            error_log stderr notice;
            events { worker_connections 16000; }
            http {
                access_log off;
                keepalive_requests 1000000;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                scgi_temp_path scgi;
                uwsgi_temp_path uwsgi;
            %s
            }
            """.formatted(modules, workers, http));
        Child process = Child.start(
                "nginx",
                directory,
                Map.of(),
                List.of(Programs.nginx(), "-p", directory.toString(), "-c", config.toString()));
        process.await(WORKING);
        return process;
    }

    @Override
    public String name() {
        return "nginx lock, " + workers + (workers == 1 ? " worker" : " workers");
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public List<Long> pids() {
        return process.pids();
    }

    @Override
    public byte[] ask(String key, Plan plan) {
        return Http.post(
                port,
                "/v1/chat/completions",
                "",
                "{\"model\":\"" + plan.text() + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + key + "\"}]}");
    }

    @Override
    public void close() {
        process.close();
    }
}
