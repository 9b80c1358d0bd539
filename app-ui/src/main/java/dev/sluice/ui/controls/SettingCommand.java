package dev.sluice.ui.controls;

import dev.sluice.model.ops.SettingView;
import dev.sluice.model.ops.SettingsView;
import dev.sluice.ui.link.LinkException;
import dev.sluice.ui.link.OpsClient;
import java.util.Objects;
import java.util.Optional;

/// Sends one change of a setting and finds out what became of it. Blocks; runs off the FX thread.
final class SettingCommand {
    private final OpsClient ops;
    private final String setting;

    SettingCommand(OpsClient ops, String setting) {
        this.ops = ops;
        this.setting = setting;
    }

    /// Sends the change.
    Progress send(SettingsView seen, Progress.Sent sent, Optional<String> reason) {
        try {
            return new Progress.Accepted(
                    sent, ops.change(seen, setting, sent.target(), reason).version());
        } catch (LinkException.Refused refused) {
            return new Progress.RolledBack(
                    refused.current().map(this::overtaken).orElseGet(() -> text(refused)));
        } catch (LinkException.NoAnswer silence) {
            return readAgain(sent, text(silence));
        }
    }

    /// Finds out whether a change that got no answer was made (O8): silence is no failure.
    Progress readAgain(Progress.Sent sent, String reason) {
        try {
            var now = ops.settings();
            var value = now.find(setting).map(SettingView::value).orElse("");
            return value.equals(sent.target())
                    ? new Progress.Accepted(sent, now.version())
                    : new Progress.RolledBack(reason + ". Read again, the setting is as it was");
        } catch (LinkException e) {
            return new Progress.Unknown(sent, reason);
        }
    }

    private String overtaken(SettingsView current) {
        var who = current.find(setting)
                .flatMap(s -> Optional.ofNullable(s.changedBy()))
                .map(name -> ", last by " + name)
                .orElse("");
        return "The settings were changed by somebody else meanwhile" + who + ". Look again, then decide again";
    }

    private static String text(LinkException e) {
        return Objects.requireNonNullElse(e.getMessage(), "No reason was given");
    }
}
