package dev.sluice.service.sms.reply;

import dev.sluice.service.sms.text.Printable;
import java.lang.System.Logger.Level;

/// Sends nothing and says so in the log, without number and text: what a service does that was told of no
/// provider.
public final class LogSender implements ReplySender {
    /// The name by which it is chosen.
    public static final String NAME = "log";

    private static final System.Logger LOG = System.getLogger(LogSender.class.getName());
    private static final int LONGEST_ID = 100;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean real() {
        return false;
    }

    @Override
    public Delivery send(Reply reply) {
        LOG.log(
                Level.INFO,
                "event=reply_not_sent sender=log reply=" + Printable.escape(reply.id(), LONGEST_ID) + " to="
                        + reply.to().masked() + " why=\"SMS_SENDER is log\"");
        return new Delivery.Sent(null);
    }
}
