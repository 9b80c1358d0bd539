package dev.sluice.service.sms.intake;

import dev.sluice.service.sms.sign.Hmac;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Checks `X-Twilio-Signature`: the base64 of the HMAC-SHA1, with the account's auth token, of the URL as
/// Twilio was told it and each field of the form, sorted by name. It holds no time: a request heard again
/// passes; its text is known by its sid. Immutable, thread-safe.
public final class TwilioSignature {
    private static final int BYTES = 20;
    private static final int LONGEST = 100;

    private final WebhookSecrets tokens;

    /// @param tokens the account's auth token, or two while one takes the place of the other
    public TwilioSignature(WebhookSecrets tokens) {
        this.tokens = tokens;
    }

    /// Checks a request.
    ///
    /// @param url the whole URL by which Twilio was told to come, with its query; Twilio signs it with
    ///     the default port or without
    /// @param header the value of `X-Twilio-Signature`; null if there is none
    public SignatureCheck verify(String url, FormBody form, @Nullable String header) {
        if (header == null || header.isBlank()) {
            return SignatureCheck.MISSING;
        }
        byte[] given = decoded(header.strip());
        if (given == null || given.length != BYTES) {
            return SignatureCheck.MALFORMED;
        }
        String fields = fields(form);
        boolean matches = false;
        for (byte[] token : tokens.all()) {
            for (String address : forms(url)) {
                byte[] signed = (address + fields).getBytes(StandardCharsets.UTF_8);
                matches |= MessageDigest.isEqual(Hmac.SHA1.of(token, signed), given);
            }
        }
        return matches ? SignatureCheck.GOOD : SignatureCheck.WRONG;
    }

    /// Values of a name that is given more than once are sorted, each different one once.
    private static String fields(FormBody form) {
        var byName = new TreeMap<String, Set<String>>();
        form.pairs()
                .forEach(pair -> byName.computeIfAbsent(pair.name(), name -> new TreeSet<>())
                        .add(pair.value()));
        var joined = new StringBuilder();
        byName.forEach(
                (name, values) -> values.forEach(value -> joined.append(name).append(value)));
        return joined.toString();
    }

    private static Set<String> forms(String url) {
        var forms = new LinkedHashSet<String>(Set.of(url));
        try {
            URI parsed = URI.create(url);
            String authority = parsed.getRawAuthority();
            if (authority != null && parsed.getHost() != null) {
                String host = authority.substring(
                        0, authority.length() - portSuffix(parsed).length());
                int port = "https".equals(parsed.getScheme()) ? 443 : 80;
                String rest = url.substring(url.indexOf(authority) + authority.length());
                if (parsed.getPort() < 0) {
                    forms.add(parsed.getScheme() + "://" + host + ":" + port + rest);
                } else {
                    forms.add(parsed.getScheme() + "://" + host + rest);
                }
            }
        } catch (IllegalArgumentException notParsed) {
            // then it is compared as it is
            return forms;
        }
        return forms;
    }

    private static String portSuffix(URI url) {
        return url.getPort() < 0 ? "" : ":" + url.getPort();
    }

    private static byte @Nullable [] decoded(String header) {
        try {
            return header.length() > LONGEST ? null : Base64.getDecoder().decode(header);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }
}
