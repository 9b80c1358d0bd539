package dev.sluice.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// A request's body: read once, bounded in size and time.
final class RequestBody {
    private final ServerRequest request;
    private final Intake intake;
    private final HttpConfig config;
    private byte @Nullable [] bytes;
    private @Nullable JsonNode tree;

    RequestBody(ServerRequest request, Intake intake, HttpConfig config) {
        this.request = request;
        this.intake = intake;
        this.config = config;
    }

    /// @throws ApiException 400, 408, 413, 415 or 422
    JsonNode json() {
        JsonNode read = tree;
        if (read == null) {
            JsonBody.checkMediaType(
                    request.headers().first(HeaderNames.CONTENT_TYPE).orElse(null));
            read = JsonBody.tree(bytes());
            tree = read;
        }
        return read;
    }

    /// @throws ApiException 408, 413 or 415
    byte[] bytes() {
        byte[] read = bytes;
        if (read == null) {
            read = read();
            bytes = read;
        }
        return read;
    }

    /// Tells whether there is a body that nobody has read to its end.
    boolean unread() {
        return bytes == null && present();
    }

    private boolean present() {
        return request.headers().contains(HeaderNames.TRANSFER_ENCODING)
                || request.headers().contentLength().orElse(0) > 0;
    }

    private byte[] read() {
        if (request.headers().contains(HeaderNames.CONTENT_ENCODING)) {
            throw ApiException.of(415, "bodies must not be encoded (Content-Encoding)");
        }
        if (!present()) {
            return new byte[0];
        }
        int most = config.maxBodyBytes();
        if (request.headers().contentLength().orElse(0) > most) {
            throw tooLarge(most);
        }
        intake.limitTo(System.nanoTime() + config.limits().body().toNanos());
        try (InputStream in = request.content().inputStream()) {
            byte[] read = in.readNBytes(most + 1);
            if (read.length > most) {
                throw tooLarge(most);
            }
            return read;
        } catch (Intake.SlowBody slow) {
            throw ApiException.of(
                    408,
                    "the body did not arrive within " + config.limits().body().toSeconds() + " s");
        } catch (IOException broken) {
            throw new UncheckedIOException("the body broke off", broken);
        } finally {
            intake.unlimited();
        }
    }

    private static ApiException tooLarge(int most) {
        return ApiException.of(413, "the body is larger than the " + most + " bytes this service accepts");
    }
}
