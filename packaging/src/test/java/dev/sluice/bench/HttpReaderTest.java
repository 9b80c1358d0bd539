package dev.sluice.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpReaderTest {
    private static final String CHUNKED = """
            HTTP/1.1 200 OK
            Transfer-Encoding: chunked
            Sluice-Flight: f1

            5
            hello
            10;ext=1
            , chunks of ~12.
            3
            34~
            0

            """.replace("\n", "\r\n");

    private final StringBuilder body = new StringBuilder();
    private final HttpReader reader =
            new HttpReader((bytes, from, to) -> body.append(new String(bytes, from, to - from, ISO_8859_1)));

    @Test
    void readsChunksHoweverTheyAreCut() {
        byte[] bytes = CHUNKED.getBytes(ISO_8859_1);
        for (int cut = 1; cut < bytes.length; cut++) {
            body.setLength(0);
            reader.next();
            reader.read(bytes, 0, cut);
            assertThat(reader.done()).isFalse();
            reader.read(bytes, cut, bytes.length);

            assertThat(reader.done()).isTrue();
            assertThat(reader.status()).isEqualTo(200);
            assertThat(reader.header("sluice-flight")).isEqualTo("f1");
            assertThat(body).hasToString("hello, chunks of ~12.34~");
        }
    }

    @Test
    void readsABodyByItsLengthAndThenTheNextOne() {
        read("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnone");
        assertThat(reader.done()).isTrue();
        assertThat(reader.status()).isEqualTo(404);

        reader.next();
        assertThat(reader.answered()).isFalse();
        read("HTTP/1.1 204 No Content\r\n\r\n");
        assertThat(reader.done()).isTrue();
        assertThat(body).hasToString("none");
    }

    @Test
    void aBodyWithoutALengthHasNoEnd() {
        read("HTTP/1.1 200 OK\r\n\r\ndata");
        read(": more");

        assertThat(reader.done()).isFalse();
        assertThat(body).hasToString("data: more");
    }

    @Test
    void bytesAfterTheEndAreAnError() {
        read("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

        assertThatThrownBy(() -> read("x")).hasMessageContaining("after the response's end");
    }

    @Test
    void stampsAreFoundHoweverTheyAreCut() {
        byte[] bytes = "a ~ b ~1.2~ and ~33.44~xxx~ ~5~6.7~ ~.8~".getBytes(ISO_8859_1);
        for (int cut = 0; cut <= bytes.length; cut++) {
            List<String> seen = new ArrayList<>();
            var finder = new Stamp.Finder((nanos, seq) -> seen.add(nanos + "/" + seq));
            finder.read(bytes, 0, cut);
            finder.read(bytes, cut, bytes.length);

            assertThat(seen).containsExactly("1/2", "33/44", "6/7");
        }
    }

    @Test
    void aStampTellsWhenAndWhichAndFillsUp() {
        List<Long> seen = new ArrayList<>();
        long before = System.nanoTime();

        String text = Stamp.text(7, 100);
        new Stamp.Finder((nanos, seq) -> {
                    seen.add(nanos);
                    seen.add(seq);
                })
                .read(text.getBytes(ISO_8859_1), 0, text.length());

        assertThat(text).hasSize(100);
        assertThat(seen.get(0)).isBetween(before, System.nanoTime());
        assertThat(seen.get(1)).isEqualTo(7);
    }

    @Test
    void aPlanIsFoundInUrlsAndBodies() {
        var plan = Plan.stream(250, 100, 20_000, 64).held(5_000).as(Plan.Manner.NO_STORE);

        assertThat(Plan.in("GET /v1/chat/completions?plan=" + plan.text() + "&key=k HTTP/1.1\n"))
                .isEqualTo(plan);
        assertThat(Plan.in("{\"model\":\"" + Plan.plain(0, 2_048).text() + "\"}"))
                .isEqualTo(Plan.plain(0, 2_048));
        assertThatThrownBy(() -> Plan.in("{}")).hasMessageContaining("no plan");
    }

    private void read(String text) {
        reader.read(text.getBytes(ISO_8859_1), 0, text.length());
    }
}
