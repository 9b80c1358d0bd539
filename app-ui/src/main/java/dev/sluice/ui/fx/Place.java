package dev.sluice.ui.fx;

/// Where an operator can be: the screens in their order.
public enum Place {
    /// What goes on now.
    OVERVIEW("1", "Overview", "fth-activity", "Leaders, followers, calls saved, and what needs attention"),
    /// Which calls are in the air, and why requests were answered as they were.
    FLIGHTS("2", "Flights", "fth-send", "Calls in the air, and why each request was answered as it was"),
    /// How the chat providers fare.
    PROVIDERS("3", "Providers", "fth-cloud", "Slots, rates, failures and throttling of each chat provider"),
    /// What can be changed.
    CONTROLS("4", "Controls", "fth-sliders", "Every live setting: change, undo, go back by itself"),
    /// Who changed what.
    AUDIT("5", "Audit", "fth-book", "Who changed what, when and why; export, roll back"),
    /// What happened, event by event.
    SESSIONS("6", "Sessions", "fth-film", "What happened, event by event: followed live, or played again"),
    /// Whose texts gather.
    SENDERS("7", "Senders", "fth-message-square", "Whose texts gather, and what becomes of them; windows and replies");

    private final String key;
    private final String title;
    private final String icon;
    private final String meaning;

    Place(String key, String title, String icon, String meaning) {
        this.key = key;
        this.title = title;
        this.icon = icon;
        this.meaning = meaning;
    }

    /// Returns its name, as the navigation shows it.
    public String title() {
        return title;
    }

    /// Returns the code of its icon.
    public String icon() {
        return icon;
    }

    /// Returns what is to be found there.
    public String meaning() {
        return meaning;
    }

    /// Returns the key that leads there with Ctrl held.
    public String key() {
        return key;
    }
}
