package dev.sluice.ui.change;

import dev.sluice.model.ops.SettingView;
import dev.sluice.model.ops.SettingsView;
import dev.sluice.ui.fx.Answer;
import dev.sluice.ui.link.LinkException;
import dev.sluice.ui.link.OpsClient;
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
    Progress send(SettingsView seen, Progress.Sent sent, Answer.Confirmed how) {
        try {
            var now = ops.change(seen, setting, sent.target(), how.reason(), how.revertAfter());
            return new Progress.Accepted(as(sent, now), now.version());
        } catch (LinkException.Refused refused) {
            return new Progress.RolledBack(
                    refused.current().map(this::overtaken).orElseGet(() -> refused.told()));
        } catch (LinkException.NoAnswer silence) {
            return readAgain(sent, silence.told());
        }
    }

    /// Finds out whether a change that got no answer was made (O8): silence is no failure.
    Progress readAgain(Progress.Sent sent, String reason) {
        try {
            var now = ops.settings();
            boolean made = now.find(setting)
                    .filter(found -> new ValueRule(found).same(found.value(), sent.target()))
                    .isPresent();
            return made
                    ? new Progress.Accepted(as(sent, now), now.version())
                    : new Progress.RolledBack(reason + ". Read again, the setting is as it was");
        } catch (LinkException e) {
            return new Progress.Unknown(sent, reason);
        }
    }

    /// The target in the service's words: what was sent as `60s` may be called `1m`.
    private Progress.Sent as(Progress.Sent sent, SettingsView now) {
        var value = now.find(setting).map(SettingView::value).orElse(sent.target());
        return new Progress.Sent(value, sent.before(), sent.seenVersion());
    }

    private String overtaken(SettingsView current) {
        var who = current.find(setting)
                .flatMap(s -> Optional.ofNullable(s.changedBy()))
                .map(name -> ", last by " + name)
                .orElse("");
        return "The settings were changed by somebody else meanwhile" + who + ". Look again, then decide again";
    }
}
