package dev.sluice.service.thread;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.ops.CoalesceTotals;
import dev.sluice.model.ops.RequestView;
import dev.sluice.service.provider.FakeReply;
import dev.sluice.service.store.TemporaryDatabase;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// How requests are counted whose flight never began, because the only slot was taken.
@Timeout(60)
final class ReelectedRequestsTest {
    @RegisterExtension
    final TemporaryDatabase temporary = new TemporaryDatabase();

    private final CountDownLatch slotHeld = new CountDownLatch(1);
    private ChatServer chat;
    private String thread;
    private CompletableFuture<HttpResponse<String>> holder;
    private CompletableFuture<HttpResponse<String>> leader;

    @BeforeEach
    void takeTheSlot() throws Exception {
        chat = new ChatServer(temporary.db(), OnBench.ONE_SLOT);
        thread = chat.thread();
        chat.upstream.reply(FakeReply.words(3).heldBy(slotHeld));
        holder = chat.asking(thread, "holds the slot");
        chat.upstream.awaitCalls(1);
        leader = chat.asking(thread, "q");
        chat.awaitListeners(2);
    }

    @AfterEach
    void close() {
        slotHeld.countDown();
        chat.close();
    }

    @Test
    @DisplayName("C19 C20 the follower that starts the elected flight counts as its leader and saved no call")
    void electorIsALeader() throws Exception {
        var one = chat.asking(thread, "q");
        var two = chat.asking(thread, "q");
        chat.awaitListeners(4);

        endTheLeadersWait();

        assertThat(leader.get().statusCode()).isEqualTo(503);
        assertThat(holder.get().statusCode()).isEqualTo(200);
        assertThat(List.of(ChatServer.header(one.get(), "Sluice-Role"), ChatServer.header(two.get(), "Sluice-Role")))
                .containsExactlyInAnyOrder("leader", "follower");
        assertThat(finished(4).reversed())
                .filteredOn(view -> view.status() == 200)
                .extracting(RequestView::role)
                .containsExactlyInAnyOrder("leader", "leader", "follower");
        assertThat(chat.metrics.totals())
                .returns(4L, CoalesceTotals::requests)
                .returns(3L, CoalesceTotals::leaders)
                .returns(1L, CoalesceTotals::followers)
                .returns(2L, CoalesceTotals::providerCalls)
                .returns(1L, CoalesceTotals::callsSaved);
    }

    @Test
    @DisplayName("C19 C20 a stream that starts the elected flight is told to operators as its leader")
    void electingStreamIsALeader() throws Exception {
        try (var stream = chat.stream(thread, "q")) {
            chat.awaitListeners(3);
            endTheLeadersWait();
            assertThat(EventReader.types(stream.readAll())).endsWith("done");

            RequestView view = finished(3).stream()
                    .filter(RequestView::streamed)
                    .findFirst()
                    .orElseThrow();
            assertThat(view.role()).isEqualTo("leader");
            assertThat(view.sharing().callsSaved()).isZero();
            assertThat(view.sharing().ageMs()).isZero();
            assertThat(view.flightId()).isNotEqualTo(stream.header("Sluice-Flight"));
            assertThat(chat.metrics.totals().callsSaved()).isZero();
            assertThat(chat.metrics.shared().lastHour(view.at()).requests()).isEmpty();
        }
    }

    private void endTheLeadersWait() throws Exception {
        var pacer = chat.lanes.resolve(null).pacer();
        ChatBench.until(() -> pacer.stats().queued() == 1);
        chat.slots.advance(OnBench.ONE_SLOT.queueTimeout());
        assertThat(leader.get().statusCode()).isEqualTo(503);
        ChatBench.until(() -> pacer.stats().queued() == 1);
        slotHeld.countDown();
    }

    /// Returns the finished requests, newest first: each is counted just after its answer is sent.
    private List<RequestView> finished(int count) {
        ChatBench.until(() -> chat.metrics.recent(10).size() == count);
        return chat.metrics.recent(10);
    }
}
