package dev.sluice.service.sms.reply;

import dev.sluice.service.sms.text.Address;

/// One reply to send.
///
/// @param id ours, the same at every attempt; told to providers that take one
public record Reply(String id, Address to, String text) {
    /// Describes the reply without number and text, which are personal data.
    @Override
    public String toString() {
        return "Reply[id=" + id + ", to=" + to.masked() + ", chars=" + text.length() + "]";
    }
}
