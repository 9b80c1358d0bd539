package dev.sluice.service.sms;

import dev.sluice.service.sms.reply.Delivery;
import dev.sluice.service.sms.reply.Reply;
import dev.sluice.service.sms.reply.ReplySender;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// A sender whose attempts a test decides; people's phones would have got what is in [#sent]. Thread-safe.
final class ScriptedSender implements ReplySender {
    /// Every attempt.
    final List<Reply> attempts = new CopyOnWriteArrayList<>();
    /// What the provider took.
    final List<Reply> sent = new CopyOnWriteArrayList<>();

    volatile boolean real = true;

    private final Queue<Function<Reply, Delivery>> scripts = new ConcurrentLinkedQueue<>();

    /// Adds what comes of the next attempt; those beyond the scripts are sent.
    ScriptedSender then(Function<Reply, Delivery> script) {
        scripts.add(script);
        return this;
    }

    /// The attempt that is counted as sent, whatever the service hears of it.
    Delivery take(Reply reply) {
        sent.add(reply);
        return new Delivery.Sent("p-" + sent.size());
    }

    @Override
    public String name() {
        return real ? "fake" : "log";
    }

    @Override
    public boolean real() {
        return real;
    }

    @Override
    public Delivery send(Reply reply) {
        attempts.add(reply);
        Function<Reply, Delivery> script = scripts.poll();
        return script == null ? take(reply) : script.apply(reply);
    }
}
