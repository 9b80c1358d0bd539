package dev.sluice.service.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.service.SetClock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens, roles, and where a service may listen with them.
final class TokensTest {
    private final MemoryTokens tokens = new MemoryTokens();
    private final SetClock clock = new SetClock();

    @Test
    @DisplayName("X2 a token is 256 random bits, stored as its hash and shown by nothing")
    void freshToken() {
        var fresh = FreshToken.make(new SecureRandom(), "ann", Role.CLIENT, "acme", clock.instant(), null);

        assertThat(fresh.text()).matches("slc_[A-Za-z0-9_-]{43}");
        assertThat(fresh.row().sha256()).matches("[0-9a-f]{64}").isEqualTo(FreshToken.sha256(fresh.text()));
        assertThat(fresh.toString() + fresh.row()).doesNotContain(fresh.text().substring(4));
        assertThat(fresh.toString()).contains(fresh.row().id());
    }

    @Test
    void hashIsSha256() {
        assertThat(FreshToken.sha256("abc"))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void tokensDiffer() {
        var random = new SecureRandom();
        var texts = new HashSet<String>();
        var ids = new HashSet<String>();
        for (int i = 0; i < 1000; i++) {
            var fresh = FreshToken.make(random, "ann", Role.CLIENT, null, clock.instant(), null);
            texts.add(fresh.text());
            ids.add(fresh.row().id());
        }

        assertThat(texts).hasSize(1000);
        assertThat(ids).hasSize(1000);
    }

    @Test
    @DisplayName("X2 what a request shows is printed without its token")
    void credentialsHideTheToken() {
        var shown = new Credentials(List.of("Bearer slc_secret"), List.of("acme"), true);

        assertThat(shown.toString()).doesNotContain("slc_secret").contains("acme");
    }

    @Test
    void credentialsDoNotChange() {
        var orgs = new ArrayList<>(List.of("acme"));
        var shown = new Credentials(List.of(), orgs, true);

        orgs.add("other");

        assertThat(shown.orgs()).containsExactly("acme");
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void roleIsReadAsItIsWritten(Role role) {
        assertThat(Role.parse(role.wireName())).contains(role);
        assertThat(role.wireName()).isLowerCase();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ADMIN", "Admin", " admin", "root"})
    void unknownRoleIsNone(String name) {
        assertThat(Role.parse(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1"})
    void loopbackMayAlwaysBeListenedOn(String address) {
        assertThatCode(() -> check(address, false)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.168.1.5", "::", "fe80::1"})
    void otherAddressWithoutAProxyIsRefused(String address) {
        tokens.issue(Role.CLIENT, "acme");

        assertThatExceptionOfType(BindRefused.class)
                .isThrownBy(() -> check(address, false))
                .withMessageContaining("--behind-proxy")
                .withMessageContaining("127.0.0.1");
    }

    @Test
    void otherAddressWithoutATokenIsRefused() {
        assertThatExceptionOfType(BindRefused.class)
                .isThrownBy(() -> check("0.0.0.0", true))
                .withMessageContaining("token create");
    }

    @Test
    void tokenThatDoesNotWorkIsNone() {
        tokens.issue(Role.CLIENT, "acme");
        tokens.revokeAll(clock.instant());
        tokens.insert(FreshToken.make(
                        new SecureRandom(),
                        "ann",
                        Role.CLIENT,
                        null,
                        clock.instant(),
                        clock.instant().plus(Duration.ofDays(1)))
                .row());
        assertThatCode(() -> check("0.0.0.0", true)).doesNotThrowAnyException();

        clock.advance(Duration.ofDays(1));

        assertThatExceptionOfType(BindRefused.class).isThrownBy(() -> check("0.0.0.0", true));
    }

    private void check(String address, boolean behindProxy) throws UnknownHostException {
        Auth.checkBind(InetAddress.getByName(address), behindProxy, tokens, clock);
    }
}
