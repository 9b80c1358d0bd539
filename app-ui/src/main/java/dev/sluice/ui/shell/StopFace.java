package dev.sluice.ui.shell;

import dev.sluice.model.ops.SettingView;
import dev.sluice.ui.change.Mood;
import dev.sluice.ui.change.Note;
import dev.sluice.ui.change.SettingChange;
import dev.sluice.ui.fx.Figures;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/// Whether anything leaves, as the whole window shows it.
///
/// @param flowing whether everything does
/// @param halted whether nothing does
/// @param banner what is held back, by whom and since when; empty while everything flows and nothing is asked
/// @param told what became of the latest change, unless the banner says it
/// @param blocked why it cannot be changed now; empty if it can
record StopFace(boolean flowing, boolean halted, String banner, Note told, String blocked) {
    /// Nothing is known yet.
    static final StopFace UNKNOWN = new StopFace(true, false, "", Note.NONE, "Not connected to a service yet");

    static StopFace of(SettingChange change, Instant now) {
        var setting = change.setting().orElse(null);
        if (setting == null) {
            return new StopFace(true, false, "", Note.NONE, change.blocked());
        }
        var flowing = setting.value().equals("on");
        boolean news = change.progress().get().pending() || change.note().mood() == Mood.BAD;
        return new StopFace(
                flowing,
                setting.value().equals("stop"),
                flowing ? "" : banner(setting, now),
                news ? change.note() : Note.NONE,
                change.blocked());
    }

    private static String banner(SettingView setting, Instant now) {
        var what = setting.value().equals("stop")
                ? "STOPPED: no provider is called and no SMS is sent; intake goes on."
                : "REPLIES ARE HELD BACK: nothing is sent to senders; provider calls and intake go on.";
        var at = setting.changedAt();
        var who = setting.changedBy() == null || at == null
                ? ""
                : " By " + setting.changedBy() + ", " + Figures.dayTime(at, ZoneId.systemDefault()) + ".";
        var revert = setting.revert();
        var back = revert == null
                ? ""
                : " Goes back by itself in " + Figures.wholeAge(Duration.between(now, revert.at())) + ".";
        return what + who + back;
    }
}
