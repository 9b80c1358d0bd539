package dev.sluice.ui.controls;

/// The flags operators switch, in their words.
public enum Gate {
    /// Whether identical requests share a call.
    COALESCE(
            "COALESCE_ENABLED",
            "Coalescing",
            "Identical requests share one provider call. Off: every request calls the provider itself; flights in the"
                    + " air finish.",
            "coalescing"),
    /// Whether streams share a call.
    FANOUT(
            "STREAM_FANOUT_ENABLED",
            "Stream fan-out",
            "Streaming callers share one provider stream. Off: each stream opens its own call; streams already shared"
                    + " finish.",
            "stream fan-out");

    private final String setting;
    private final String title;
    private final String meaning;
    private final String object;

    Gate(String setting, String title, String meaning, String object) {
        this.setting = setting;
        this.title = title;
        this.meaning = meaning;
        this.object = object;
    }

    /// Returns the setting's name on the wire.
    public String setting() {
        return setting;
    }

    /// Returns its name on the screen.
    public String title() {
        return title;
    }

    /// Returns what it does.
    public String meaning() {
        return meaning;
    }

    /// Returns the deed, as its button says it: "Turn coalescing off".
    public String verb(boolean on) {
        return "Turn " + object + (on ? " on" : " off");
    }

    /// Returns what the button says that leaves it as it is.
    public String keep(boolean on) {
        return on ? "Keep it on" : "Keep it off";
    }
}
