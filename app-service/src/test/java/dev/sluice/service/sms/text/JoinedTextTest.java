package dev.sluice.service.sms.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class JoinedTextTest {
    @Test
    void textsAreTrimmedAndJoined() {
        assertThat(JoinedText.join(List.of(" Yes ", "I can help\n", "\u2003see you at 8")))
                .isEqualTo("Yes\nI can help\nsee you at 8");
    }

    @Test
    void emptyOnesAreLeftOut() {
        assertThat(JoinedText.join(List.of("", "a", " \r\n", "b"))).isEqualTo("a\nb");
        assertThat(JoinedText.join(List.of(" "))).isEmpty();
        assertThat(JoinedText.join(List.of())).isEmpty();
    }
}
