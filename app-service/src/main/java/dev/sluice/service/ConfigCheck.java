package dev.sluice.service;

import dev.sluice.service.auth.Auth;
import dev.sluice.service.auth.BindRefused;
import dev.sluice.service.auth.TokenRepository;
import dev.sluice.service.config.BadValueException;
import dev.sluice.service.config.Exposure;
import dev.sluice.service.config.ServiceConfig;
import dev.sluice.service.config.SettingCatalog;
import dev.sluice.service.config.Settings;
import dev.sluice.service.config.SettingsRepository;
import dev.sluice.service.config.StartupValues;
import dev.sluice.service.http.HttpConfig;
import dev.sluice.service.http.PemIdentity;
import dev.sluice.service.provider.ProviderPreset;
import dev.sluice.service.provider.Providers;
import dev.sluice.service.provider.UpstreamLimits;
import dev.sluice.service.sms.WebhookConfig;
import dev.sluice.service.sms.reply.ReplySender;
import dev.sluice.service.sms.reply.ReplySenders;
import dev.sluice.service.sms.reply.SendTimes;
import dev.sluice.service.store.DataDirectory;
import dev.sluice.service.store.Database;
import dev.sluice.service.store.DatabaseOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The steps of a start, each tried without its effect.
final class ConfigCheck {
    private final Findings findings;
    private final StartupValues values;
    private final ServiceConfig config;
    private final Exposure exposure;

    /// Reads the values; each that is not acceptable is an error found, and its default is taken further.
    ConfigCheck(StartupValues given, Findings findings) {
        this.findings = findings;
        StartupValues left = given;
        ServiceConfig read = null;
        Exposure reach = null;
        while (read == null || reach == null) {
            try {
                read = ServiceConfig.from(left);
                reach = Exposure.from(left);
                var catalog = new SettingCatalog(Providers.knownNames());
                var _ = new Settings(catalog, left, new SettingsRepository.Stored(0, Map.of()));
            } catch (BadValueException bad) {
                findings.error(String.valueOf(bad.getMessage()));
                left = left.without(bad.name());
                read = null;
            }
        }
        this.values = left;
        this.config = read;
        this.exposure = reach;
    }

    void run() {
        if (findings.good()) {
            findings.ok("all values can be read");
        }
        findings.attempt(this::reach);
        providers();
        replies();
        boolean directory = directory();
        boolean database = directory && findings.attempt(this::database);
        findings.attempt(() -> listening(database));
    }

    private void reach() {
        HttpConfig.Edge edge = Edges.read(exposure);
        PemIdentity identity = edge.tls();
        if (identity == null) {
            return;
        }
        if (identity.validUntil().isBefore(Instant.now())) {
            findings.note("the TLS certificate expired at " + identity.validUntil() + ": clients will refuse it");
        } else {
            findings.ok("TLS certificate and key belong together; valid until " + identity.validUntil());
        }
    }

    private void providers() {
        List<String> configured = ProviderPreset.ALL.stream()
                .filter(preset -> preset.configured(values::text))
                .map(preset -> preset.name()
                        + (values.text(preset.keyVariable()).isPresent()
                                ? " (key present)"
                                : " (no key, own base URL)"))
                .toList();
        findings.attempt(() -> {
            try (var upstream = new LiveUpstream(UpstreamLimits.DEFAULT)) {
                Providers providers = upstream.providers(values::text, true);
                upstream.awaitReady();
                if (configured.isEmpty()) {
                    findings.note("no provider key: answers are simulated in trust mode, else there are none");
                } else {
                    findings.ok("providers: " + String.join(", ", configured) + "; default " + providers.defaultName());
                }
            }
        });
    }

    private void replies() {
        var senders = new ReplySenders(values::text, SendTimes.DEFAULT, InstantSource.system());
        findings.attempt(() -> {
            ReplySender sender = senders.sender();
            if (sender.real()) {
                findings.ok("replies to texts are sent by " + sender.name());
            } else {
                findings.note("SMS_SENDER is " + sender.name() + ": no reply to a text is sent");
            }
        });
        findings.attempt(() -> {
            var webhooks = WebhookConfig.from(values::text);
            if (webhooks.generic().isEmpty()
                    && webhooks.smsMobileApi().isEmpty()
                    && webhooks.twilio().isEmpty()) {
                findings.note("no webhook is signed: texts are taken from this machine alone");
            } else {
                findings.ok("webhooks take signed texts");
            }
        });
        findings.attempt(() -> senders.batchWebhook().ifPresent(webhook -> {
            if (webhook.signed()) {
                findings.ok("closed batches are told to BATCH_WEBHOOK_URL, signed");
            } else {
                findings.note("no BATCH_WEBHOOK_SECRET: what BATCH_WEBHOOK_URL is told is not signed");
            }
        }));
    }

    private boolean directory() {
        Path directory = config.dataDirectory().toAbsolutePath();
        Path existing = directory;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            findings.error("the data directory " + directory + " cannot be "
                    + (existing.equals(directory) ? "written" : "made") + ": " + existing
                    + " must be a directory that this user may write");
            return false;
        }
        if (!existing.equals(directory)) {
            findings.ok("the data directory " + directory + " does not exist yet and can be made");
            return true;
        }
        Optional<String> holder = DataDirectory.holderOf(directory);
        if (holder.isPresent()) {
            findings.error("the data directory " + directory + " is in use by a running service " + holder.get());
        } else {
            findings.ok("the data directory " + directory + " can be written and is free");
        }
        return true;
    }

    private void database() {
        Path file = DataDirectory.databaseFile(config.dataDirectory());
        if (!Files.exists(file)) {
            findings.ok("the database does not exist yet and will be made");
            return;
        }
        long version = Database.version(file, DatabaseOptions.defaults());
        long newest = Database.newestVersion();
        findings.ok("the database has schema version " + version
                + (version < newest ? " and will be brought to " + newest : ", that of this release"));
    }

    private void listening(boolean databaseReadable) {
        InetAddress bind = Edges.address(config.bind());
        if (!bind.isLoopbackAddress() && databaseReadable) {
            tokens(bind);
        }
        if (exposure.behindProxy() && exposure.trustedProxies().isEmpty()) {
            findings.note("--behind-proxy without --trusted-proxies: forwarded headers are ignored, and the access log"
                    + " shows the proxy's address");
        }
        if ((exposure.behindProxy() || bind.isAnyLocalAddress())
                && exposure.publicHosts().isEmpty()) {
            findings.note("no --public-host: requests that name another host than " + config.bind()
                    + " or localhost get 421");
        }
        try (var probe = new ServerSocket()) {
            // as the service does, so that connections of its last run do not count
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(bind, config.port()));
            findings.ok(
                    config.port() == 0
                            ? "any free port of " + config.bind() + " will do"
                            : "port " + config.port() + " of " + config.bind() + " is free");
        } catch (IOException taken) {
            findings.error(
                    "cannot listen on port " + config.port() + " of " + config.bind() + ": " + taken.getMessage());
        }
    }

    private void tokens(InetAddress bind) {
        try {
            Path file = DataDirectory.databaseFile(config.dataDirectory());
            if (Files.exists(file) && Database.version(file, DatabaseOptions.defaults()) == Database.newestVersion()) {
                try (var db = Database.share(config.dataDirectory(), DatabaseOptions.defaults())) {
                    Auth.checkBind(bind, exposure.guarded(), new TokenRepository(db), InstantSource.system());
                }
                findings.ok("listening on " + config.bind() + " is guarded, and a token exists");
            } else {
                Auth.checkBind(bind, exposure.guarded(), new NoTokens(), InstantSource.system());
            }
        } catch (BindRefused refused) {
            findings.error(String.valueOf(refused.getMessage()));
        }
    }
}
