package dev.sluice.service.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.service.SetClock;
import dev.sluice.service.auth.AuthRefusal.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuthTest {
    private final MemoryTokens tokens = new MemoryTokens();
    private final SetClock clock = new SetClock();
    private final Auth auth = new Auth(tokens, clock, true);

    @Test
    void trustModeBelievesTheOrg() {
        Caller caller = auth.admit(shown("", "acme"), Role.CLIENT, true);

        assertThat(caller).isEqualTo(new Caller("local", Role.CLIENT, "acme", false, Optional.empty()));
    }

    @Test
    void whereTrustIsNotPermittedTheOrgAloneIsNobody() {
        var open = new Auth(tokens, clock, false);

        assertThat(open.trusting()).isFalse();
        assertRefused(open, shown("", "acme"), Role.CLIENT, Reason.NO_IDENTITY);
    }

    @Test
    void tokenMadeElsewhereEndsTrustWithinASecond() {
        assertThat(auth.trusting()).isTrue();

        tokens.issue(Role.CLIENT, "acme");
        clock.advance(Duration.ofSeconds(1).plusNanos(1));

        assertThat(auth.trusting()).isFalse();
    }

    @Test
    void tokenMadeElsewhereEndsTrustAlsoWhenTheClockIsSetBack() {
        assertThat(auth.trusting()).isTrue();

        tokens.issue(Role.CLIENT, "acme");
        clock.advance(Duration.ofHours(-1));

        assertThat(auth.trusting()).isFalse();
    }

    @Test
    void trustThatEndedDoesNotComeBack() {
        tokens.issue(Role.CLIENT, "acme");
        assertThat(auth.trusting()).isFalse();

        tokens.revokeAll(clock.instant());
        clock.advance(Duration.ofHours(1));

        assertThat(auth.trusting()).isFalse();
        assertThat(new Auth(tokens, clock, true).trusting())
                .as("after a restart")
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPERATOR", "VIEWER", "ADMIN", "WEBHOOK"})
    void othersThanClientsTokensDoNotEndTrust(Role role) {
        tokens.issue(role, null);

        assertThat(auth.trusting()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "Bearer    "})
    void schemeIsSpelledInAnyCase(String scheme) {
        String text = tokens.issue(Role.CLIENT, "acme");

        assertThat(auth.admit(shown(scheme + text), Role.CLIENT, true).org()).isEqualTo("acme");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TOKEN",
                "Bearer",
                "Bearer  ",
                "Bearer\tTOKEN",
                " Bearer TOKEN",
                "Bearer TOKEN ",
                "Bearer TOKEN,x",
                "Bearer TOKEN x",
                "Token TOKEN",
                "BearerTOKEN",
                "Bearer \u00e4",
                "Bearer ="
            })
    void otherAuthorizationIsRefused(String authorization) {
        String text = tokens.issue(Role.ADMIN, null);

        assertRefused(auth, shown(authorization.replace("TOKEN", text)), Role.CLIENT, Reason.BAD_TOKEN);
    }

    @Test
    @DisplayName("X1 an endless token is refused without a look-up")
    void endlessTokenIsRefused() {
        assertRefused(auth, shown("Bearer " + "x".repeat(100_000)), Role.CLIENT, Reason.BAD_TOKEN);

        assertThat(tokens.finds).hasValue(0);
    }

    @Test
    void wrongTokenIsNotTakenForTrust() {
        assertRefused(auth, shown("Bearer unknown", "acme"), Role.CLIENT, Reason.BAD_TOKEN);
    }

    @Test
    @DisplayName("X8 a client's token acts in its own org alone")
    void scopedToken() {
        String text = tokens.issue(Role.CLIENT, "acme");

        assertThat(auth.admit(shown("Bearer " + text), Role.CLIENT, true).org()).isEqualTo("acme");
        assertThat(auth.admit(shown("Bearer " + text, "acme"), Role.CLIENT, true)
                        .allOrgs())
                .isFalse();
        assertRefused(auth, shown("Bearer " + text, "other"), Role.CLIENT, Reason.FOREIGN_ORG);
    }

    @Test
    void unscopedTokenNamesTheOrg() {
        String text = tokens.issue(Role.CLIENT, null);

        assertThat(auth.admit(shown("Bearer " + text, "acme"), Role.CLIENT, true)
                        .org())
                .isEqualTo("acme");
        assertThat(auth.admit(shown("Bearer " + text), Role.CLIENT, false).org())
                .isEqualTo(Caller.DEFAULT_ORG);
        assertRefused(auth, shown("Bearer " + text), Role.CLIENT, Reason.NO_IDENTITY);
    }

    @Test
    void viewerReadsButDoesNothingInClientsNames() {
        String bearer = "Bearer " + tokens.issue(Role.VIEWER, null);

        assertThat(auth.admit(shown(bearer, "acme"), Role.CLIENT, true).role()).isEqualTo(Role.VIEWER);
        var writing = new Credentials(List.of(bearer), List.of("acme"), false);
        assertRefused(auth, writing, Role.CLIENT, Reason.TOO_LOW);
    }

    @Test
    void unknownRoleGrantsNothing() {
        String text = tokens.issue(Role.ADMIN, null);
        tokens.replaceAll(row ->
                new TokenRow(row.id(), row.sha256(), row.owner(), "emperor", null, row.createdAt(), null, null, null));

        assertRefused(auth, shown("Bearer " + text), Role.CLIENT, Reason.TOO_LOW);
    }

    @Test
    void workingTokensAreListed() {
        tokens.issue(Role.CLIENT, "acme");
        tokens.revokeAll(clock.instant());
        tokens.issue(Role.OPERATOR, null);

        assertThat(auth.workingTokenIds())
                .containsExactly(tokens.list().getLast().id());
    }

    private static void assertRefused(Auth auth, Credentials shown, Role least, Reason reason) {
        assertThatExceptionOfType(AuthRefusal.class)
                .isThrownBy(() -> auth.admit(shown, least, true))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(reason))
                .satisfies(refusal ->
                        assertThat(String.valueOf(refusal.getMessage())).doesNotContain("slc_"));
    }

    private static Credentials shown(String authorization, String... orgs) {
        return new Credentials(authorization.isEmpty() ? List.of() : List.of(authorization), List.of(orgs), true);
    }
}
