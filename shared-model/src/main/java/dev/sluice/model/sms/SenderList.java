package dev.sluice.model.sms;

import java.time.Instant;
import java.util.List;

/// The senders whose texts wait, the next one due first.
///
/// @param at the service's clock, which deadlines go by
/// @param version changes with whatever is shown here; equal versions mean equal lists
/// @param total how many there are; more than are listed if there are very many
public record SenderList(Instant at, long version, int total, List<SenderRow> senders) {
    public SenderList {
        senders = List.copyOf(senders);
    }
}
