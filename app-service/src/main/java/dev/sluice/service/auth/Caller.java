package dev.sluice.service.auth;

import java.util.Optional;
import java.util.regex.Pattern;

/// Who asks. Immutable; holds no secret.
///
/// @param name a token's owner; `local` in trust mode; `anonymous` on public paths
/// @param role what they may do
/// @param org the org they act in, never null; `default` where none was named
/// @param allOrgs whether they may see what other orgs did (metrics, sessions)
/// @param tokenId the id of the token they showed; empty without one
public record Caller(String name, Role role, String org, boolean allOrgs, Optional<String> tokenId) {
    /// The org of those who name none.
    public static final String DEFAULT_ORG = "default";

    private static final Pattern ORG = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /// Tells whether a text can be an org's name.
    public static boolean isOrg(String text) {
        return ORG.matcher(text).matches();
    }

    /// Returns the caller of a public path: nobody in particular.
    public static Caller anonymous() {
        return new Caller("anonymous", Role.CLIENT, DEFAULT_ORG, false, Optional.empty());
    }
}
