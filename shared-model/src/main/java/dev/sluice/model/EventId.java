package dev.sluice.model;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The id of one event of one log: `<epoch>:<seq>`.
///
/// The epoch changes whenever the bytes behind a sequence number could have changed, so equal ids always mean
/// equal
/// bytes.
///
/// @param epoch 1-64 characters of `[A-Za-z0-9_-]`
/// @param seq the event's number, dense from 1; 0 is the place before the first event
public record EventId(String epoch, long seq) {
    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_-]{1,64}):(0|[1-9][0-9]{0,17})");

    public EventId {
        if (seq < 0) {
            throw new IllegalArgumentException("seq must not be negative: " + seq);
        }
    }

    /// Parses a client's cursor; empty if it is not of the form, whatever it holds.
    public static Optional<EventId> parse(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        var matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new EventId(matcher.group(1), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return epoch + ":" + seq;
    }
}
