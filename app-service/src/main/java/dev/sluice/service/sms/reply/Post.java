package dev.sluice.service.sms.reply;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/// POSTs over a connection of its own each.
///
/// On a kept connection that the other side has just closed nobody could tell whether the request
/// arrived; on a fresh one a break means that something happened now. Nothing is tried again and no
/// redirect is followed: both could send twice. Thread-safe.
final class Post {
    private static final int MAX_ANSWER_BYTES = 64 << 10;

    private final SendTimes times;

    Post(SendTimes times) {
        this.times = times;
    }

    /// Sends a body and waits for the answer.
    Answer send(URI url, String contentType, Map<String, String> headers, byte[] body) {
        var content = new WatchedBody(HttpRequest.BodyPublishers.ofByteArray(body));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url).header("Content-Type", contentType).POST(content);
        headers.forEach(request::header);
        HttpClient client = client();
        var begun = new AtomicReference<@Nullable Begun>();
        try {
            var answer = client.sendAsync(request.build(), head -> {
                var collector = new BodyCollector(MAX_ANSWER_BYTES);
                begun.set(new Begun(head, collector));
                return collector;
            });
            return await(answer, content, begun);
        } finally {
            client.shutdownNow();
        }
    }

    private HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(times.connect())
                .executor(task -> Thread.ofVirtual().name("sms-http").start(task))
                .build();
    }

    private Answer await(
            CompletableFuture<HttpResponse<BodyCollector.Body>> answer,
            WatchedBody content,
            AtomicReference<@Nullable Begun> begun) {
        try {
            HttpResponse<BodyCollector.Body> came = answer.get(times.whole().toNanos(), TimeUnit.NANOSECONDS);
            return came(came.statusCode(), came.headers(), came.body());
        } catch (TimeoutException late) {
            answer.cancel(true);
            return rest(
                    begun.get(), content, "no answer within " + times.whole().toMillis() + " ms");
        } catch (InterruptedException stop) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return rest(begun.get(), content, "stopped while waiting for the answer");
        } catch (ExecutionException | CancellationException broken) {
            if (broken.getCause() instanceof SSLHandshakeException) {
                return new Answer.Missing(false, "no TLS connection: its certificate or version is not accepted");
            }
            boolean late = broken.getCause() instanceof HttpConnectTimeoutException;
            return rest(
                    begun.get(),
                    content,
                    content.left()
                            ? "the connection broke before the answer"
                            : "no connection"
                                    + (late ? " within " + times.connect().toMillis() + " ms" : ""));
        }
    }

    /// What there is when the call fails: the client may fail it although the head of the answer came.
    private static Answer rest(@Nullable Begun begun, WatchedBody content, String why) {
        return begun == null
                ? new Answer.Missing(content.left(), why)
                : came(begun.head.statusCode(), begun.head.headers(), begun.body.soFar());
    }

    private static Answer came(int status, HttpHeaders headers, BodyCollector.Body body) {
        return new Answer.Came(status, headers, body.text(), body.whole());
    }

    /// An answer whose head came, and what has come of its body.
    private record Begun(HttpResponse.ResponseInfo head, BodyCollector body) {}

    /// A body that knows whether it was asked for, which is after the connection stands and TLS is
    /// agreed: before, nothing of it can have left.
    ///
    /// The JDK's client tries a connection again that failed while it was made, which is harmless; should
    /// it ever do so later, it gets no body to send.
    private static final class WatchedBody implements HttpRequest.BodyPublisher {
        private static final Flow.Subscription NOTHING = new Flow.Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {}
        };

        private final HttpRequest.BodyPublisher body;
        private volatile boolean left;

        WatchedBody(HttpRequest.BodyPublisher body) {
            this.body = body;
        }

        boolean left() {
            return left;
        }

        @Override
        public long contentLength() {
            return body.contentLength();
        }

        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
            if (left) {
                subscriber.onSubscribe(NOTHING);
                subscriber.onError(new IOException("a body leaves once"));
                return;
            }
            left = true;
            body.subscribe(subscriber);
        }
    }
}
