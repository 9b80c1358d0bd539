package dev.sluice.ui.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ui.store.SessionLine;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLinesTest {
    @Test
    void jobsLineTellsItsStageAndNotItsSessionAgain() {
        String data = "{\"session_id\":\"session_1\",\"stage\":\"planning\"}";

        assertThat(text(data)).isEqualTo("{\"stage\":\"planning\"}");
        assertThat(EventLines.text(line(data))).contains("session_1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "{\"session_id\":\"s\"}", "{\"session_id\":\"never ends", "{\"delta\":\"session_id\"}"
            })
    void otherPayloadsStayAsTheyAre(String data) {
        assertThat(text(data)).isEqualTo(data);
    }

    @Test
    void longLineIsCutAsBefore() {
        String data = "{\"session_id\":\"s\",\"text\":\"" + "x".repeat(5_000) + "\"}";

        assertThat(text(data)).startsWith("{\"text\":\"xxx").hasSize(400);
    }

    private static String text(String data) {
        return EventLines.row(line(data), 0).text();
    }

    private static SessionLine line(String data) {
        return new SessionLine.Happened("e:1", 1, Instant.EPOCH, "progress", data, false);
    }
}
