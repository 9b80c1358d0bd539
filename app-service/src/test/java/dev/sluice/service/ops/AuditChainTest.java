package dev.sluice.service.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.ops.AuditView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AuditChainTest {
    private static final Instant AT = Instant.parse("2026-03-04T05:06:07.123456Z");

    @Test
    @DisplayName("X6 entries in their order are accepted")
    void wholeChain() {
        assertThat(accepted(chain(5))).isEqualTo(5);
    }

    @Test
    @DisplayName("X6 an entry that was changed and hashed anew breaks the chain at the next one")
    void changedAndHashedAnew() {
        var links = chain(5);
        links.set(1, link(links.get(0).hash(), entry(2, "mallory", "did", "thing", null)));

        assertThat(accepted(links)).isEqualTo(2);
    }

    @Test
    @DisplayName("X6 an inserted entry, a removed one and two that were swapped break the chain where they are")
    void insertedRemovedSwapped() {
        var inserted = chain(4);
        inserted.add(2, link(inserted.get(1).hash(), entry(3, "mallory", "did", "thing", null)));
        var removed = chain(4);
        removed.remove(1);
        var swapped = chain(4);
        Collections.swap(swapped, 1, 2);

        assertThat(accepted(inserted)).isEqualTo(3);
        assertThat(accepted(removed)).isEqualTo(1);
        assertThat(accepted(swapped)).isEqualTo(1);
    }

    @Test
    @DisplayName("X6 a chain without its beginning is not accepted, though its links fit together")
    void withoutItsBeginning() {
        assertThat(accepted(chain(4).subList(1, 4))).isZero();
    }

    @Test
    @DisplayName("X6 a chain begun anew under the old numbers does not fit")
    void begunAnew() {
        var links = chain(3);
        links.set(1, link(AuditChain.START, links.get(1).entry()));

        assertThat(accepted(links)).isEqualTo(1);
    }

    @Test
    @DisplayName("X6 no two entries hash the same bytes: characters that move to another field change the hash")
    void fieldsAreFramed() {
        var hashes = new ArrayList<String>();
        for (AuditView.Entry entry : List.of(
                entry(1, "ab", "c", "d", "e"),
                entry(1, "a", "bc", "d", "e"),
                entry(1, "a", "b", "cd", "e"),
                entry(1, "ab", "cd", "", "e"),
                entry(1, "ab", "c", "de", ""),
                entry(1, "ab", "c", "de", null),
                entry(2, "ab", "c", "d", "e"),
                new AuditView.Entry(1, AT, "ab", "c", "d", "e", null, null),
                new AuditView.Entry(1, AT, "ab", "c", "d", null, null, "e"),
                new AuditView.Entry(1, AT.plusNanos(1_000), "ab", "c", "d", null, "e", null))) {
            hashes.add(AuditChain.hash(AuditChain.START, entry));
        }
        hashes.add(AuditChain.hash("1" + AuditChain.START.substring(1), entry(1, "ab", "c", "d", "e")));

        assertThat(hashes).doesNotHaveDuplicates().allMatch(hash -> hash.matches("[0-9a-f]{64}"));
    }

    /// Returns how many were accepted before the first that was not.
    private static long accepted(List<AuditChain.Link> links) {
        var chain = new AuditChain();
        var _ = links.stream().allMatch(chain::accept);
        return chain.verified();
    }

    private static List<AuditChain.Link> chain(int length) {
        var links = new ArrayList<AuditChain.Link>();
        String previous = AuditChain.START;
        for (int id = 1; id <= length; id++) {
            links.add(link(previous, entry(id, "ann", "setting.changed", "LINGER", String.valueOf(id))));
            previous = links.getLast().hash();
        }
        return links;
    }

    private static AuditChain.Link link(String previous, AuditView.Entry entry) {
        return new AuditChain.Link(entry, previous, AuditChain.hash(previous, entry));
    }

    private static AuditView.Entry entry(long id, String actor, String action, String subject, @Nullable String after) {
        return new AuditView.Entry(id, AT, actor, action, subject, null, after, null);
    }
}
