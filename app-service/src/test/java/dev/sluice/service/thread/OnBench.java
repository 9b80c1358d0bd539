package dev.sluice.service.thread;

import dev.sluice.service.coalesce.CoalescerLimits;
import dev.sluice.service.provider.PacerLimits;
import dev.sluice.service.provider.ProviderException;
import dev.sluice.service.store.TemporaryDatabase;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Tests of the chat side on a [ChatBench], each with its own database.
abstract class OnBench {
    static final Duration MS = Duration.ofMillis(1);
    static final PacerLimits ONE_SLOT = oneSlot(Duration.ofSeconds(10));

    @RegisterExtension
    final TemporaryDatabase temporary = new TemporaryDatabase();

    /// For scripts to wait at; open at the end of the test at the latest.
    final CountDownLatch gate = new CountDownLatch(1);

    ChatBench bench;

    private final PacerLimits slots;
    private final CoalescerLimits caps;

    OnBench(PacerLimits slots) {
        this(slots, CoalescerLimits.DEFAULT);
    }

    OnBench(PacerLimits slots, CoalescerLimits caps) {
        this.slots = slots;
        this.caps = caps;
    }

    @BeforeEach
    void openBench() throws ProviderException {
        bench = new ChatBench(temporary.db(), slots, caps);
    }

    @AfterEach
    void closeBench() {
        gate.countDown();
        bench.close();
    }

    static PacerLimits oneSlot(Duration queueTimeout) {
        return new PacerLimits(1_000, 1_000, 1, queueTimeout, 1_000);
    }
}
