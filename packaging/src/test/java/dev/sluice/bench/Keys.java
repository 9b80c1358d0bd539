package dev.sluice.bench;

/// Keys that nobody has asked for before. Used by one thread.
final class Keys {
    private final String run = Long.toString(System.nanoTime(), 36);
    private int used;

    String next() {
        return "key-" + run + "-" + used++;
    }
}
