package dev.sluice.service.coalesce;

import java.time.Duration;

/// The durations an operator may change while the engine runs; read at each decision.
public interface CoalescerTimes {
    /// Returns how long a result is reused after its flight ended.
    Duration resultTtl();

    /// Returns how long a shareable failure is reused after its flight ended.
    Duration errorTtl();

    /// Returns times that never change.
    static CoalescerTimes fixed(Duration resultTtl, Duration errorTtl) {
        return new CoalescerTimes() {
            @Override
            public Duration resultTtl() {
                return resultTtl;
            }

            @Override
            public Duration errorTtl() {
                return errorTtl;
            }
        };
    }
}
