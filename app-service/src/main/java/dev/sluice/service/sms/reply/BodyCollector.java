package dev.sluice.service.sms.reply;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// Keeps the beginning of a body, and keeps it also when the connection breaks: the status alone says much.
final class BodyCollector implements HttpResponse.BodySubscriber<BodyCollector.Body> {
    /// @param whole whether nothing is missing at its end
    record Body(String text, boolean whole) {}

    private final int maxBytes;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<Body> body = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    BodyCollector(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public CompletionStage<Body> getBody() {
        return body;
    }

    /// Returns what has come, whole only if its end has.
    Body soFar() {
        return body.getNow(read(false));
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            byte[] part = new byte[Math.min(buffer.remaining(), maxBytes - bytes.size())];
            boolean fits = part.length == buffer.remaining();
            buffer.get(part);
            bytes.writeBytes(part);
            if (!fits) {
                end(false);
                if (subscription != null) {
                    subscription.cancel();
                }
                return;
            }
        }
    }

    @Override
    public void onError(Throwable broken) {
        end(false);
    }

    @Override
    public void onComplete() {
        end(true);
    }

    private void end(boolean whole) {
        body.complete(read(whole));
    }

    private Body read(boolean whole) {
        return new Body(bytes.toString(StandardCharsets.UTF_8), whole);
    }
}
