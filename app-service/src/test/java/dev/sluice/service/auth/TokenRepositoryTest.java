package dev.sluice.service.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.service.store.StatementFailedException;
import dev.sluice.service.store.TemporaryDatabase;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TokenRepositoryTest {
    private static final Instant AT = Instant.parse("2026-03-04T05:06:07.123456Z");

    @RegisterExtension
    final TemporaryDatabase temporary = new TemporaryDatabase();

    private TokenRepository tokens;

    @BeforeEach
    void create() {
        tokens = new TokenRepository(temporary.db());
    }

    @Test
    void insertedIsFoundByItsHash() {
        var all = new TokenRow("1", "aa", "ann", "operator", null, AT, null, null, null);
        var one = new TokenRow("2", "bb", "bob", "client", "acme", AT, AT.plusSeconds(9), null, null);
        tokens.insert(all);
        tokens.insert(one);

        assertThat(tokens.findBySha256("aa")).contains(all);
        assertThat(tokens.findBySha256("bb")).contains(one);
        assertThat(tokens.findBySha256("cc")).isEmpty();
    }

    @Test
    void hashIsUnique() {
        tokens.insert(new TokenRow("1", "aa", "ann", "operator", null, AT, null, null, null));

        assertThatExceptionOfType(StatementFailedException.class)
                .isThrownBy(() -> tokens.insert(new TokenRow("2", "aa", "bob", "client", null, AT, null, null, null)))
                .matches(StatementFailedException::constraint);
    }

    @Test
    void lastUseNeverGoesBack() {
        tokens.insert(new TokenRow("1", "aa", "ann", "operator", null, AT, null, null, null));

        tokens.touch("1", AT.plusSeconds(5));
        tokens.touch("1", AT.plusSeconds(3));

        assertThat(tokens.findBySha256("aa").orElseThrow().lastUsedAt()).isEqualTo(AT.plusSeconds(5));
    }

    @Test
    void revokedOnceAndStillListed() {
        tokens.insert(new TokenRow("1", "aa", "ann", "operator", null, AT, null, null, null));

        assertThat(tokens.revoke("1", AT.plusSeconds(1))).isTrue();
        assertThat(tokens.revoke("1", AT.plusSeconds(2))).isFalse();
        assertThat(tokens.revoke("2", AT)).isFalse();

        assertThat(tokens.list())
                .singleElement()
                .satisfies(row -> assertThat(row.revokedAt()).isEqualTo(AT.plusSeconds(1)));
    }
}
