package dev.sluice.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// A request's body: read once, bounded in size and time.
final class RequestBody {
    /// What the web server lets through; each route's own limit is checked here.
    static final int MOST_OF_ANY_ROUTE = 32 << 20;

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
        return bytes(config.maxBodyBytes());
    }

    /// @param most the bytes accepted
    /// @throws ApiException 408, 413 or 415
    byte[] bytes(int most) {
        byte[] read = bytes;
        if (read == null) {
            read = read(most);
            bytes = read;
        }
        return read;
    }

    /// @throws ApiException 413
    void checkAnnounced() {
        if (request.headers().contentLength().orElse(0) > config.maxBodyBytes()) {
            throw tooLarge(config.maxBodyBytes());
        }
    }

    /// Tells whether there is a body that nobody has read to its end.
    boolean unread() {
        return bytes == null && present();
    }

    /// Tells whether the client was to be asked for a body and never was: whether what it sends next is that body
    /// or a request, nobody can know (RFC 9110, section 10.1.1).
    boolean withheld() {
        return unread() && request.headers().contains(HeaderNames.EXPECT);
    }

    private boolean present() {
        return request.headers().contains(HeaderNames.TRANSFER_ENCODING)
                || request.headers().contentLength().orElse(0) > 0;
    }

    private byte[] read(int most) {
        if (request.headers().contains(HeaderNames.CONTENT_ENCODING)) {
            throw ApiException.of(415, "bodies must not be encoded (Content-Encoding)");
        }
        if (!present()) {
            return new byte[0];
        }
        // a body without an announced length is a chunked one
        long announced = request.headers().contentLength().orElse(most);
        if (announced > most) {
            throw tooLarge(most);
        }
        intake.limitTo(System.nanoTime() + config.limits().body().toNanos());
        try {
            byte[] read = readNBytes((int) announced + 1); // one more, to see the end or that there is none
            if (read.length > most) {
                throw tooLarge(most);
            }
            return read;
        } catch (Intake.SlowBody slow) {
            throw ApiException.of(
                    408,
                    "the body did not arrive within " + config.limits().body().toSeconds() + " s");
        } catch (RequestException refused) {
            throw refused.status().code() == 413 ? tooLarge(most) : malformed();
        } catch (NumberFormatException noSize) {
            // what Helidon makes of a chunk without a size
            throw malformed();
        } catch (DataReader.InsufficientDataAvailableException | DataReader.IncorrectNewLineException | IOException e) {
            throw malformed();
        } finally {
            intake.unlimited();
        }
    }

    /// Does not close the stream: closing would wait for more of a body that is refused.
    private byte[] readNBytes(int most) throws IOException {
        try {
            return request.content().inputStream().readNBytes(most);
        } catch (UncheckedIOException broken) {
            throw broken.getCause();
        }
    }

    private static ApiException malformed() {
        return ApiException.badRequest(null, "the body is not well-formed HTTP/1.1, or broke off");
    }

    private static ApiException tooLarge(int most) {
        return ApiException.of(413, "the body is larger than the " + most + " bytes this service accepts");
    }
}
