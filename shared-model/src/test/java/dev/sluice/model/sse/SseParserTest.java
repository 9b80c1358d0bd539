package dev.sluice.model.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules of WHATWG HTML, section 9.2.6, one by one.
class SseParserTest {
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void anyLineEndEndsALine(String end) {
        String stream = String.join(end, "id: 1", "event: a", "data: x", "data: y", "", "data: z", "", "");

        assertThat(Recorder.parse(stream).events)
                .containsExactly(new SseEvent("1", "a", "x\ny"), new SseEvent("1", "message", "z"));
    }

    @Test
    void onlyTheFirstSpaceAfterTheColonIsDropped() {
        assertThat(Recorder.parse("data:  x\ndata:y\ndata: \ndata:\ndata\n\n").events)
                .containsExactly(new SseEvent("", "message", " x\ny\n\n\n"));
    }

    @Test
    void byteOrderMarkIsSkippedOnceAtTheStart() {
        assertThat(Recorder.parse("\uFEFFdata: a\n\ndata: \uFEFFb\n\n").events)
                .containsExactly(new SseEvent("", "message", "a"), new SseEvent("", "message", "\uFEFFb"));
    }

    @Test
    void byteOrderMarkLaterIsPartOfAnUnknownField() {
        assertThat(Recorder.parse("\n\uFEFFdata: a\n\n").events).isEmpty();
    }

    @Test
    void eventWithoutDataIsNotDispatchedAndItsNameForgotten() {
        assertThat(Recorder.parse("event: lost\n\ndata: a\n\n").events)
                .containsExactly(new SseEvent("", "message", "a"));
    }

    @Test
    void unfinishedEventAtTheEndIsNotDispatched() {
        assertThat(Recorder.parse("data: whole\n\ndata: cut\n").events)
                .containsExactly(new SseEvent("", "message", "whole"));
    }

    @Test
    void idStaysInForceUntilTheNext() {
        Recorder recorder = Recorder.parse("id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n");

        assertThat(recorder.events).extracting(SseEvent::id).containsExactly("1", "1", "");
        assertThat(recorder.lastEventId).isEmpty();
    }

    @Test
    void idWithNulIsIgnored() {
        assertThat(Recorder.parse("id: 1\ndata: a\n\nid: 2\u0000\ndata: b\n\n").events)
                .extracting(SseEvent::id)
                .containsExactly("1", "1");
    }

    @Test
    void idOfAnEventWithoutDataMovesTheCursor() {
        assertThat(Recorder.parse("id: 5\n\n").lastEventId).isEqualTo("5");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "3000,3000", "007,7", "999999999,999999999"})
    void retryOfDigitsIsReported(String value, long millis) {
        assertThat(Recorder.parse("retry: " + value + "\n").retries).containsExactly(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "3s", "٣", "10000000000", "99999999999999999999999"})
    void retryOfAnythingElseIsIgnored(String value) {
        assertThat(Recorder.parse("retry: " + value + "\n").retries).isEmpty();
    }

    @Test
    void commentsAreReportedAndChangeNothing() {
        Recorder recorder = Recorder.parse("data: a\n:\n: heartbeat\n\n");

        assertThat(recorder.comments).containsExactly("", " heartbeat");
        assertThat(recorder.events).containsExactly(new SseEvent("", "message", "a"));
    }

    @Test
    void unknownFieldsAreIgnored() {
        assertThat(Recorder.parse("Data: no\n data: no\nfoo: no\ndata: yes\n\n").events)
                .containsExactly(new SseEvent("", "message", "yes"));
    }

    @Test
    void invalidUtf8BecomesReplacementCharacters() {
        byte[] stream = {'d', 'a', 't', 'a', ':', ' ', (byte) 0xC3, '\n', '\n'};

        assertThat(Recorder.parse(stream).events).containsExactly(new SseEvent("", "message", "\uFFFD"));
    }

    @Test
    void lineOverTheLimitIsRefused() {
        var parser = new SseParser(new Recorder(), 16);
        byte[] line = "data: 12345678901".getBytes(UTF_8);

        assertThatThrownBy(() -> parser.feed(line, 0, line.length))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("16 bytes");
    }

    @Test
    void eventOverTheLimitIsRefused() {
        var parser = new SseParser(new Recorder(), 16);
        byte[] lines = "data: 123456789\ndata: 123456789\n".getBytes(UTF_8);

        assertThatThrownBy(() -> parser.feed(lines, 0, lines.length))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("16 characters");
    }

    /// A peer that sends only empty data lines must not fill the memory either: their line ends count.
    @Test
    void emptyDataLinesCountTowardsTheLimit() {
        var parser = new SseParser(new Recorder(), 16);
        byte[] lines = "data\n".repeat(64).getBytes(UTF_8);

        assertThatThrownBy(() -> parser.feed(lines, 0, lines.length)).isInstanceOf(IllegalStateException.class);
    }
}
