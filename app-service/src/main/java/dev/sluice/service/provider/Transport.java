package dev.sluice.service.provider;

import dev.sluice.service.provider.ProviderException.Kind;
import java.net.ProtocolException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/// The HTTP client, its alarms and its limits, shared by all providers.
///
/// HTTP/1.1, because there closing a response closes its connection, which is how a provider learns that
/// nobody listens any more. Redirects are not followed: they would carry the key elsewhere. Thread-safe.
public final class Transport implements AutoCloseable {
    /// The machine's threads, as the client takes by itself: virtual ones would stand in line behind all
    /// requests that came meanwhile, at each of the few steps of a call.
    private final ExecutorService executor = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("provider-http-", 0).factory());
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final UpstreamLimits limits;
    private final CompletableFuture<HttpClient> client;

    /// Creates a transport. Its client is made meanwhile, by a thread of its own: that reads all
    /// certificates which the machine trusts, a good part of a start.
    ///
    /// @param scheduler times the wait for responses and the silence inside them; the caller closes it
    /// @param clock tells what a date in `Retry-After` is relative to
    public Transport(UpstreamLimits limits, Scheduler scheduler, InstantSource clock) {
        this.limits = limits;
        this.scheduler = scheduler;
        this.clock = clock;
        var builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limits.connect())
                .executor(executor);
        this.client = CompletableFuture.supplyAsync(
                builder::build,
                task -> Thread.ofPlatform().daemon().name("provider-client").start(task));
    }

    /// Waits until it can send.
    ///
    /// @throws RuntimeException if it never can: the machine's certificates cannot be read
    public void awaitReady() {
        client();
    }

    UpstreamLimits limits() {
        return limits;
    }

    InstantSource clock() {
        return clock;
    }

    /// Sends a request and waits for the response's headers.
    ///
    /// @param provider named in failures
    /// @throws ProviderException CONNECT, TIMEOUT or PROTOCOL; the request is aborted then
    HttpResponse<ResponseBody> send(String provider, HttpRequest request)
            throws ProviderException, InterruptedException {
        var response = client().sendAsync(request, head -> new ResponseBody());
        var late = new AtomicBoolean();
        var alarm = scheduler.schedule(limits.response().toNanos(), () -> {
            late.set(true);
            response.cancel(true);
        });
        try {
            return response.get();
        } catch (InterruptedException e) {
            abort(response);
            throw e;
        } catch (CancellationException | ExecutionException e) {
            throw late.get() ? tooLate(provider) : failure(provider, e.getCause() == null ? e : e.getCause());
        } finally {
            alarm.cancel();
        }
    }

    /// Watches a response's body from now on; closing the watchdog closes the body.
    Watchdog watch(ResponseBody body) {
        return new Watchdog(scheduler, limits.idle(), limits.call(), body::close);
    }

    /// Aborts what is in the air and closes all connections.
    @Override
    public void close() {
        var _ = client.thenAccept(HttpClient::shutdownNow);
        executor.shutdown();
    }

    private HttpClient client() {
        try {
            return client.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private void abort(CompletableFuture<HttpResponse<ResponseBody>> response) {
        if (!response.cancel(true) && response.state() == Future.State.SUCCESS) {
            response.resultNow().body().close();
        }
    }

    private ProviderException tooLate(String provider) {
        return new ProviderException(
                Kind.TIMEOUT,
                provider + " did not respond within " + limits.response().toMillis() + " ms");
    }

    private static ProviderException failure(String provider, Throwable cause) {
        return switch (cause) {
            case HttpConnectTimeoutException e ->
                new ProviderException(Kind.CONNECT, "no connection to " + provider + " in time").withCause(e);
            case ProtocolException e ->
                new ProviderException(Kind.PROTOCOL, provider + " does not speak HTTP/1.1").withCause(e);
            default ->
                new ProviderException(Kind.CONNECT, "no connection to " + provider + ", or closed without a response")
                        .withCause(cause);
        };
    }
}
