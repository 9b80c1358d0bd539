package dev.sluice.bench;

/// The mark that an event carries through everything: when it was sent and which it is, such as `~123456789.7~`.
/// Time is the kernel's monotonic clock, the same for all processes of a machine.
final class Stamp {
    private Stamp() {}

    /// Returns a text of so many bytes that begins with a stamp of now; longer if the stamp is.
    static String text(long seq, int bytes) {
        String stamp = "~" + System.nanoTime() + "." + seq + "~";
        return stamp + "x".repeat(Math.max(0, bytes - stamp.length()));
    }

    /// Told of each stamp.
    interface Seen {
        void stamp(long sentNanos, long seq);
    }

    /// Finds stamps in bytes that come in any pieces. Used by one thread.
    static final class Finder {
        private final Seen seen;
        private long nanos = -1;
        private long seq = -1;
        private boolean within;

        Finder(Seen seen) {
            this.seen = seen;
        }

        void read(byte[] bytes, int from, int to) {
            for (int i = from; i < to; i++) {
                byte b = bytes[i];
                if (b == '~') {
                    mark();
                } else if (within) {
                    inner(b);
                }
            }
        }

        private void mark() {
            if (within && nanos >= 0 && seq >= 0) {
                seen.stamp(nanos, seq);
                within = false;
            } else {
                within = true;
            }
            nanos = -1;
            seq = -1;
        }

        private void inner(byte b) {
            if (b == '.' && nanos >= 0 && seq < 0) {
                seq = 0;
            } else if (b >= '0' && b <= '9') {
                if (seq >= 0) {
                    seq = seq * 10 + (b - '0');
                } else {
                    nanos = Math.max(nanos, 0) * 10 + (b - '0');
                }
            } else {
                within = false;
            }
        }
    }
}
