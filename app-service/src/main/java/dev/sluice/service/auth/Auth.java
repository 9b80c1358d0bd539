package dev.sluice.service.auth;

import static dev.sluice.service.auth.AuthRefusal.Reason;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Decides who a request comes from and what they may do.
///
/// Trust mode believes `x-org-id` alone. It lasts while the service listens on loopback, nothing stands in
/// front of
/// it, and no client token ever existed; it never comes back. Thread-safe.
public final class Auth {
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]{1,256}=*)");
    private static final Duration TRUST_RECHECK = Duration.ofMillis(500);

    private static final Set<String> ADMITTING =
            Set.of(Role.CLIENT.wireName(), Role.OPERATOR.wireName(), Role.ADMIN.wireName());

    private final TokenStore tokens;
    private final KnownTokens known;
    private final InstantSource clock;
    private final boolean mayTrust;

    private volatile boolean trustEnded;
    private volatile Instant trustChecked = Instant.MIN;

    /// @param tokens where tokens are kept
    /// @param clock for expiry and last use
    /// @param mayTrust whether the place the service listens at permits trust mode: loopback and no proxy in front
    public Auth(TokenStore tokens, InstantSource clock, boolean mayTrust) {
        this.tokens = tokens;
        this.known = new KnownTokens(tokens, clock);
        this.clock = clock;
        this.mayTrust = mayTrust;
    }

    /// Refuses to listen where others could reach a service that cannot tell them apart.
    ///
    /// @param guarded whether TLS is on or a proxy stands in front
    /// @throws BindRefused with what to change
    public static void checkBind(InetAddress bind, boolean guarded, TokenStore tokens, InstantSource clock) {
        if (bind.isLoopbackAddress()) {
            return;
        }
        String where = bind.getHostAddress();
        if (!guarded) {
            throw new BindRefused("refusing to listen on " + where + ", which others can reach, without TLS: give"
                    + " --tls-cert and --tls-key, or put a TLS proxy in front and start with --behind-proxy, or listen"
                    + " on 127.0.0.1");
        }
        Instant now = clock.instant();
        if (tokens.list().stream().noneMatch(row -> row.worksAt(now) && ADMITTING.contains(row.role()))) {
            throw new BindRefused("refusing to listen on " + where + ", which others can reach, while no client or"
                    + " operator token exists: create one with `sluice-service token create --role client`");
        }
    }

    /// Tells whether trust mode is on now; a token made elsewhere ends it within a second.
    public boolean trusting() {
        if (!mayTrust || trustEnded) {
            return false;
        }
        Instant now = clock.instant();
        if (now.isAfter(trustChecked.plus(TRUST_RECHECK)) || now.isBefore(trustChecked)) {
            if (tokens.list().stream().anyMatch(row -> row.role().equals(Role.CLIENT.wireName()))) {
                trustEnded = true;
                return false;
            }
            trustChecked = now;
        }
        return true;
    }

    /// Admits a caller to something that asks for `least`.
    ///
    /// @param orgRequired whether the request must say which org it is for
    /// @throws AuthRefusal if they are not let in
    public Caller admit(Credentials shown, Role least, boolean orgRequired) {
        Optional<String> org = org(shown.orgs());
        if (shown.authorization().isEmpty()) {
            return withoutToken(org, least, orgRequired);
        }
        TokenRow token = token(shown);
        Role role = Role.parse(token.role())
                .orElseThrow(() -> new AuthRefusal(Reason.TOO_LOW, "this token's role is not known here"));
        if (!reaches(role, least, shown.reading())) {
            throw new AuthRefusal(
                    Reason.TOO_LOW, "this needs the role " + least.wireName() + "; the token has " + role.wireName());
        }
        return scoped(token, role, org, least == Role.CLIENT, orgRequired);
    }

    /// Returns the caller of a ticket within the org that the request names beside it: as with a token, an org narrows
    /// and never widens.
    ///
    /// @param orgs the values of the `x-org-id` header
    /// @throws AuthRefusal if it is another org than theirs, or none
    public Caller within(Caller caller, List<String> orgs) {
        Optional<String> org = org(orgs);
        if (org.isEmpty()) {
            return caller;
        }
        if (!caller.allOrgs()) {
            if (org.get().equals(caller.org())) {
                return caller;
            }
            throw new AuthRefusal(Reason.FOREIGN_ORG, "not found");
        }
        boolean byToken = caller.tokenId().isPresent(); // in trust mode it is the org that says who asks
        return new Caller(caller.name(), caller.role(), org.get(), byToken, caller.tokenId());
    }

    /// Returns the ids of the tokens that work now; for ending the streams of those that do not.
    public Set<String> workingTokenIds() {
        Instant now = clock.instant();
        return tokens.list().stream()
                .filter(row -> row.worksAt(now))
                .map(TokenRow::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Returns which callers, once admitted, would still be let in now.
    public Predicate<Caller> standing() {
        Set<String> working = workingTokenIds();
        boolean trusting = trusting();
        return caller ->
                caller.tokenId().map(working::contains).orElseGet(() -> trusting || caller.equals(Caller.anonymous()));
    }

    private Caller withoutToken(Optional<String> org, Role least, boolean orgRequired) {
        if (least != Role.CLIENT || !trusting()) {
            throw new AuthRefusal(Reason.NO_IDENTITY, "this needs a bearer token");
        }
        if (orgRequired && org.isEmpty()) {
            throw missingOrg();
        }
        return new Caller("local", Role.CLIENT, org.orElse(Caller.DEFAULT_ORG), org.isEmpty(), Optional.empty());
    }

    private static Caller scoped(
            TokenRow token, Role role, Optional<String> org, boolean clientSide, boolean orgRequired) {
        String own = token.org();
        var id = Optional.of(token.id());
        if (own == null) {
            if (orgRequired && org.isEmpty()) {
                throw missingOrg();
            }
            return new Caller(token.owner(), role, org.orElse(Caller.DEFAULT_ORG), true, id);
        }
        if (clientSide && org.isPresent() && !org.get().equals(own)) {
            throw new AuthRefusal(Reason.FOREIGN_ORG, "not found");
        }
        return new Caller(token.owner(), role, own, false, id);
    }

    /// A viewer reads what clients see but does nothing in their name; a webhook's token opens nothing here.
    private static boolean reaches(Role role, Role least, boolean reading) {
        return switch (role) {
            case WEBHOOK -> false;
            case CLIENT -> least == Role.CLIENT;
            case VIEWER -> least == Role.VIEWER || (least == Role.CLIENT && reading);
            case OPERATOR -> least != Role.ADMIN;
            case ADMIN -> true;
        };
    }

    private TokenRow token(Credentials shown) {
        var matcher = BEARER.matcher(shown.authorization().getFirst());
        if (shown.authorization().size() > 1 || !matcher.matches()) {
            throw new AuthRefusal(Reason.BAD_TOKEN, "Authorization must be one `Bearer <token>`");
        }
        return known.find(matcher.group(1))
                .orElseThrow(() -> new AuthRefusal(Reason.BAD_TOKEN, "the token is unknown, revoked or expired"));
    }

    private static Optional<String> org(List<String> orgs) {
        if (orgs.isEmpty()) {
            return Optional.empty();
        }
        String org = orgs.getFirst();
        if (orgs.size() > 1 || !Caller.isOrg(org)) {
            throw new AuthRefusal(Reason.BAD_ORG, "x-org-id must be 1 to 64 of A-Z a-z 0-9 . _ -, once");
        }
        return Optional.of(org);
    }

    private static AuthRefusal missingOrg() {
        return new AuthRefusal(Reason.NO_IDENTITY, "Missing x-org-id header");
    }
}
