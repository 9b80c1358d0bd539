package dev.sluice.service.sms.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.sms.text.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class LogSenderTest {
    @Test
    @DisplayName("S19 the log says that nothing is sent, without number and text")
    void saysThatNothingIsSent() {
        List<String> lines = new ArrayList<>();
        var logger = Logger.getLogger(LogSender.class.getName());
        var handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            var reply = new Reply("r-1", new Address("+639171234567", Address.Kind.NUMBER, "PH"), "a secret text");
            assertThat(new LogSender().send(reply)).isEqualTo(new Delivery.Sent(null));
            assertThat(reply.toString()).doesNotContain("secret", "1234");
        } finally {
            logger.removeHandler(handler);
        }

        assertThat(lines)
                .singleElement()
                .asString()
                .contains("reply_not_sent", "r-1", "+63*******567", "SMS_SENDER")
                .doesNotContain("secret", "1234");
    }
}
