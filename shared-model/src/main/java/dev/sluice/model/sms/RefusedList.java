package dev.sluice.model.sms;

import java.util.List;

/// What was not taken, the newest first.
public record RefusedList(List<RefusedText> refused) {
    public RefusedList {
        refused = List.copyOf(refused);
    }
}
