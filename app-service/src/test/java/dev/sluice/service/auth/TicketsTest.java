package dev.sluice.service.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.service.store.TemporaryDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class TicketsTest {
    private static final Instant START = Instant.parse("2026-03-04T05:06:07Z");
    private static final String PATH = "/api/ops/stream";

    @RegisterExtension
    final TemporaryDatabase temporary = new TemporaryDatabase();

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private TokenRepository tokens;
    private Tickets tickets;

    @BeforeEach
    void create() {
        tokens = new TokenRepository(temporary.db());
        tickets = new Tickets(new Auth(tokens, now::get, true), now::get);
    }

    @Test
    void opensItsPathInTheCallersName() {
        Caller caller = caller("acme");
        var ticket = tickets.issue(caller, PATH);

        assertThat(tickets.redeem(ticket.text(), PATH)).isEqualTo(caller);
        assertRefused(ticket, "/api/ops/stream/");
        assertRefused(ticket, "/api/ops/snapshot");
    }

    @Test
    void unusedItEndsAfterAMinute() {
        var ticket = tickets.issue(caller("acme"), PATH);
        assertThat(ticket.expiresAt()).isEqualTo(START.plusSeconds(60));

        now.set(START.plusSeconds(60));

        assertRefused(ticket, PATH);
    }

    @Test
    void usedItServesReconnectsForAnHour() {
        Caller caller = caller("acme");
        var ticket = tickets.issue(caller, PATH);
        now.set(START.plusSeconds(59));
        tickets.redeem(ticket.text(), PATH);

        now.set(START.plus(Duration.ofMinutes(59)));
        assertThat(tickets.redeem(ticket.text(), PATH)).isEqualTo(caller);
        now.set(START.plus(Duration.ofHours(1)));
        assertRefused(ticket, PATH);
    }

    @Test
    @DisplayName("X8 it is worth nothing once its caller's token is revoked or expired")
    void diesWithItsToken() {
        var revoked = caller("acme");
        var ticket = tickets.issue(revoked, PATH);
        tokens.revoke(revoked.tokenId().orElseThrow(), START);

        assertRefused(ticket, PATH);
    }

    @Test
    void ofTheLocalCallerItEndsWithTrust() {
        var local = new Caller("local", Role.CLIENT, "acme", false, Optional.empty());
        var ticket = tickets.issue(local, PATH);
        assertThat(tickets.redeem(ticket.text(), PATH)).isEqualTo(local);

        caller("acme");
        now.set(START.plusSeconds(1));

        assertRefused(ticket, PATH);
    }

    @Test
    void oldestOfOneCallerMakesRoomAndNobodyElses() {
        var other = tickets.issue(caller("other"), PATH);
        Caller greedy = caller("greedy");
        List<Tickets.Ticket> many = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            many.add(tickets.issue(greedy, PATH));
        }

        assertRefused(many.getFirst(), PATH);
        assertThat(tickets.redeem(many.getLast().text(), PATH)).isEqualTo(greedy);
        assertThat(tickets.redeem(other.text(), PATH).org()).isEqualTo("other");
    }

    @Test
    @DisplayName("X2 its text form hides it")
    void hidesItself() {
        var ticket = tickets.issue(caller("acme"), PATH);

        assertThat(ticket.toString()).doesNotContain(ticket.text());
    }

    private Caller caller(String org) {
        var row = FreshToken.make(new SecureRandom(), "ann", Role.CLIENT, org, START, null)
                .row();
        tokens.insert(row);
        return new Caller("ann", Role.CLIENT, org, false, Optional.of(row.id()));
    }

    private void assertRefused(Tickets.Ticket ticket, String path) {
        assertThatExceptionOfType(AuthRefusal.class)
                .isThrownBy(() -> tickets.redeem(ticket.text(), path))
                .matches(refusal -> refusal.reason() == AuthRefusal.Reason.BAD_TOKEN);
    }
}
