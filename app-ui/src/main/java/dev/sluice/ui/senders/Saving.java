package dev.sluice.ui.senders;

import dev.sluice.model.sms.SmsView;
import dev.sluice.ui.fx.Figures;

/// The figures above the senders: how texts are handled, and what that saved.
enum Saving {
    WINDOW("Window", "How long the texts of a sender gather, and from when: its first text, or its latest"),
    REPLIES_BY("Replies by", "What sends the replies, if anything leaves at all"),
    TEXTS("Texts in", "Texts taken since the service started, repeated deliveries left out"),
    BATCHES("Batches", "Windows handled since the service started"),
    CALLS("Calls", "Calls of a provider to classify them"),
    REPLIES("Replies", "Replies sent"),
    CALLS_SAVED("Calls saved", "Calls that texts handled one by one would have cost besides"),
    REPLIES_SAVED("Replies saved", "Replies that texts handled one by one would have cost besides");

    private final String title;
    private final String meaning;

    Saving(String title, String meaning) {
        this.title = title;
        this.meaning = meaning;
    }

    String title() {
        return title;
    }

    String meaning() {
        return meaning;
    }

    String write(SmsView sms) {
        return switch (this) {
            case WINDOW -> sms.paused() ? "paused" : length(sms.windowSeconds()) + " " + sms.mode();
            case REPLIES_BY -> !sms.autoReply() ? "off" : sms.sender() + (sms.real() ? "" : ", not sent");
            case TEXTS -> Figures.count(sms.messages());
            case BATCHES -> Figures.count(sms.batches());
            case CALLS -> Figures.count(sms.classifications());
            case REPLIES -> Figures.count(sms.replies());
            case CALLS_SAVED -> Figures.count(sms.savedCalls());
            case REPLIES_SAVED -> Figures.count(sms.savedReplies());
        };
    }

    private static String length(long seconds) {
        return seconds >= 120 && seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }
}
