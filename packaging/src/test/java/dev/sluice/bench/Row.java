package dev.sluice.bench;

/// One line of the table of results, as it is shown.
///
/// @param goal its id, such as P2
/// @param ratio ours / peer with the spread over the pairs, or empty
/// @param verdict `met`, `missed by ...`, or why there is none
record Row(String goal, String what, String ours, String peer, String ratio, String target, String verdict) {
    String markdown() {
        return "| " + String.join(" | ", goal, what, ours, peer, ratio, target, verdict) + " |";
    }
}
