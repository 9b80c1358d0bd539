package dev.sluice.ui.senders;

import dev.sluice.model.sms.RefusedText;
import dev.sluice.ui.fx.Figures;
import dev.sluice.ui.parts.PlainText;
import java.time.ZoneId;
import java.util.Objects;

/// Something that was not taken, in words. Equal rows look equal.
record RefusedRow(String id, String at, String account, String reason, String sender, String detail) {
    static RefusedRow of(RefusedText text) {
        return new RefusedRow(
                text.id(),
                Figures.dayTime(text.at(), ZoneId.systemDefault()),
                text.account(),
                text.reason().replace('_', ' '),
                Objects.requireNonNullElse(text.sender(), Figures.UNKNOWN),
                PlainText.line(text.detail(), 300));
    }
}
