package dev.sluice.packaging;

import dev.sluice.model.metrics.PerformanceReport.Coalesce;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One round of the demo: a burst, streams, single questions, each on a thread of its own; then texts.
///
/// All numbers come from the answers and from the service's own counters.
final class Round {
    private static final int BURST = 50;
    private static final int CONNECTIONS = 10;
    private static final int STREAMS = 10;
    private static final List<String> QUESTIONS = List.of("Good morning!", "Which day is it?", "Thank you.");

    /// Names instead of numbers: such senders are never answered, so that no demo texts a stranger.
    private static final Map<String, List<String>> TEXTS = Map.of(
            "DEMO ANNA", List.of("Yes", "I can help", "see you at 8"),
            "DEMO BEN", List.of("Sorry", "I can't make it"),
            "DEMO CARLA", List.of("Which day was it?"));

    private final ServiceClient service;
    private final PrintWriter out;
    private final String name;
    private boolean simulated;

    Round(ServiceClient service, PrintWriter out, int number) {
        this.service = service;
        this.out = out;
        this.name = "round " + number;
    }

    /// Plays it and prints each part as it ends.
    ///
    /// @throws Exception the first request that was not answered as it should be
    void play() throws Exception {
        burst();
        streams();
        singles();
        texts();
        totals();
    }

    /// Returns whether a simulated provider gave the answers.
    boolean simulated() {
        return simulated;
    }

    private void burst() throws Exception {
        String thread = service.createThread(name + ": burst");
        String question = "What does a sluice do? (" + name + ")";
        long callsBefore = providerCalls();
        long start = System.nanoTime();
        List<Answer> answers = Burst.of(BURST, CONNECTIONS, () -> service.ask(thread, question));
        String time = since(start);
        simulated = answers.getFirst().simulated();
        line(name + (simulated ? " (simulated provider)" : " (real provider)"));
        line("  burst    " + BURST + " identical questions, " + CONNECTIONS + " at a time: "
                + roles(answers, Answer::role) + "; " + calls(callsBefore) + time);
    }

    private void streams() throws Exception {
        String thread = service.createThread(name + ": streams");
        String question = "Tell me how a lock gate works. (" + name + ")";
        long callsBefore = providerCalls();
        long start = System.nanoTime();
        List<StreamedAnswer> answers = Burst.of(STREAMS, STREAMS, () -> service.stream(thread, question));
        String time = since(start);
        long whole = answers.stream().filter(StreamedAnswer::done).count();
        long different = answers.stream().map(StreamedAnswer::events).distinct().count();
        line("  streams  " + STREAMS + " identical streams at once: " + roles(answers, StreamedAnswer::role) + "; "
                + calls(callsBefore) + time + "; " + whole + " ended well, "
                + (different == 1 ? "all with the same events" : "with " + different + " different transcripts"));
    }

    private void singles() throws Exception {
        String thread = service.createThread(name + ": singles");
        long callsBefore = providerCalls();
        long start = System.nanoTime();
        List<Answer> answers = new ArrayList<>();
        for (String question : QUESTIONS) {
            answers.add(service.ask(thread, question));
        }
        String time = since(start);
        line("  singles  " + QUESTIONS.size() + " different questions, one by one: " + roles(answers, Answer::role)
                + "; " + calls(callsBefore) + time);
    }

    private void texts() throws Exception {
        List<Map<String, String>> texts = new ArrayList<>();
        TEXTS.forEach((sender, said) ->
                said.forEach(text -> texts.add(Map.of("guid", guid(), "number", sender, "message", text))));
        int status = service.deliver(texts);
        line("  texts    "
                + (status == 200
                        ? texts.size() + " texts of " + TEXTS.size()
                                + " senders: they gather under Senders in the console, one batch each"
                        : "not taken (HTTP " + status + "): this service takes only signed ones"));
    }

    private static String guid() {
        return "demo-" + UUID.randomUUID();
    }

    private void totals() throws IOException, InterruptedException {
        Coalesce now = service.performance().coalesce();
        line("  totals   " + now.leaders() + " leaders, " + now.followers() + " followers (" + now.reused()
                + " of them reused), " + now.bypassed() + " bypassed; ratio "
                + String.format(Locale.ROOT, "%.3f", now.ratio()) + "; " + now.providerCalls() + " provider calls, "
                + now.callsSaved() + " saved");
    }

    private long providerCalls() throws IOException, InterruptedException {
        return service.performance().coalesce().providerCalls();
    }

    private String calls(long before) throws IOException, InterruptedException {
        return counted(providerCalls() - before, "provider call");
    }

    private static String since(long startNanos) {
        return " in " + (System.nanoTime() - startNanos) / 1_000_000 + " ms";
    }

    private static <T> String roles(List<T> answers, Function<T, Role> role) {
        Map<Role, Long> counts =
                answers.stream().collect(Collectors.groupingBy(role, TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(entry -> entry.getKey().counted(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private void line(String text) {
        out.println(text);
        out.flush();
    }
}
