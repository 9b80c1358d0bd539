package dev.sluice.service.sms.intake;

import java.util.List;

/// What a payload holds: the good texts and the bad ones, in their order.
///
/// @param count how many there were
public record Payload(int count, List<Item> items, List<RefusedText> refused) {
    /// A text that can be taken.
    ///
    /// @param index its place in the payload, from 0
    public record Item(int index, ReceivedText text) {}

    public Payload {
        items = List.copyOf(items);
        refused = List.copyOf(refused);
    }
}
