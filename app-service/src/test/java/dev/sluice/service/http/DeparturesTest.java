package dev.sluice.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A client that leaves is noticed, however it leaves.
@Timeout(60)
final class DeparturesTest {
    private static final TestServer SERVER = TestServer.start();

    enum Way {
        CLOSE {
            @Override
            void leave(RawClient client) throws IOException {
                client.close();
            }
        },
        RESET {
            @Override
            void leave(RawClient client) throws IOException {
                client.reset();
            }
        },
        HALF_CLOSE {
            @Override
            void leave(RawClient client) throws IOException {
                client.halfClose();
            }
        };

        abstract void leave(RawClient client) throws IOException;
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    @DisplayName("C6 leaving while an answer is made is noticed")
    void plainRequest(Way way) throws Exception {
        try (RawClient client = SERVER.client()) {
            client.request("GET", "/wait", "X-Request-Id: plain-" + way);
            assertThat(waiting()).isEqualTo("plain-" + way);

            way.leave(client);

            assertThat(departed()).isEqualTo("plain-" + way);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    @DisplayName("C6 leaving after a body was read is noticed")
    void requestWithABody(Way way) throws Exception {
        for (String framing :
                new String[] {"Content-Length: 5\r\n\r\nhello", "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"}) {
            try (RawClient client = SERVER.client()) {
                client.send(client.head("POST", "/wait", "X-Request-Id: body-" + way) + framing);
                assertThat(waiting()).isEqualTo("body-" + way);

                way.leave(client);

                assertThat(departed()).isEqualTo("body-" + way);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    @DisplayName("C6 leaving a stream is noticed, and it counts as closed")
    void stream(Way way) throws Exception {
        try (RawClient client = SERVER.client()) {
            client.request("GET", "/stream", "X-Request-Id: stream-" + way).readTo("event: first");
            assertThat(waiting()).isEqualTo("stream-" + way);

            way.leave(client);

            assertThat(departed()).isEqualTo("stream-" + way);
            Until.holds("no stream is open", () -> SERVER.http.counts().openStreams() == 0);
        }
    }

    @Test
    @DisplayName("a client that half-closed still reads its answer")
    void halfClosedClientIsAnswered() throws Exception {
        try (RawClient client = SERVER.client()) {
            client.post("/raw", "hello").halfClose();

            assertThat(client.answer().body()).isEqualTo("5");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 70_000})
    @DisplayName("C6 what a client sends ahead does not hide that it stays, nor is it lost")
    void sendingAheadIsNoDeparture(int ahead) throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = server.client()) {
            client.request("GET", "/held");
            assertThat(server.routes.waiting.poll(20, TimeUnit.SECONDS)).isNotNull();
            int requests = 0;
            for (int sent = 0; sent < ahead; sent += 500) {
                client.request("GET", "/text", "X-Padding: " + "x".repeat(450));
                requests++;
            }

            server.routes.release();

            assertThat(client.answer().body()).isEqualTo("released");
            for (int i = 0; i < requests; i++) {
                assertThat(client.answer().body()).isEqualTo("hello");
            }
        }
    }

    @Test
    @DisplayName("C6 of two hundred streams each departure is noticed once")
    void manyDepartures() throws Exception {
        var clients = new ArrayList<RawClient>();
        for (int i = 0; i < 200; i++) {
            clients.add(SERVER.client().request("GET", "/stream", "X-Request-Id: many-" + i));
        }
        for (int i = 0; i < 200; i++) {
            waiting();
        }
        for (int i = 0; i < 200; i++) {
            Way.values()[i % 2].leave(clients.get(i));
        }

        var gone = new HashSet<String>();
        for (int i = 0; i < 200; i++) {
            gone.add(departed());
        }

        assertThat(gone).hasSize(200);
        Until.holds("no stream is open", () -> SERVER.http.counts().openStreams() == 0);
        assertThat(SERVER.routes.departed).isEmpty();
    }

    private static String waiting() throws InterruptedException {
        return String.valueOf(SERVER.routes.waiting.poll(20, TimeUnit.SECONDS));
    }

    private static String departed() throws InterruptedException {
        return String.valueOf(SERVER.routes.departed.poll(20, TimeUnit.SECONDS));
    }
}
