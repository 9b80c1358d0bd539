package dev.sluice.service.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenAiProviderTest {
    private final FakeOpenAi upstream = new FakeOpenAi();
    private final ProviderFixture fixture = new ProviderFixture(UpstreamLimits.DEFAULT);
    private final ChatProvider provider = fixture.provider(upstream);
    private final List<String> text = new ArrayList<>();

    @AfterEach
    void close() {
        upstream.close();
        fixture.close();
    }

    @Test
    void streamsTheTextInOrderAndReportsTheEnd() throws Exception {
        upstream.reply(FakeReply.streaming("Hel", "lo, ", "wörld 🌊", "\n"));

        Completion completion = provider.stream(ProviderFixture.question("hi"), text::add);

        assertThat(text).containsExactly("Hel", "lo, ", "wörld 🌊", "\n");
        assertThat(completion)
                .isEqualTo(new Completion("fake-model", "stop", new Usage(7, 4, 11), List.of(), 200, "fake-request-1"));
    }

    @Test
    void asksAsTheReferenceSays() throws Exception {
        var request = new ChatRequest(
                "any model/name",
                List.of(new PromptMessage("system", "Be brief."), new PromptMessage("user", "hi \uD800!")),
                "request-1",
                "user-7");

        provider.stream(request, text::add);

        FakeCall call = upstream.received().getFirst();
        assertThat(call.method() + " " + call.path()).isEqualTo("POST /v1/chat/completions");
        assertThat(call.headers())
                .containsEntry("authorization", "Bearer " + ProviderFixture.KEY)
                .containsEntry("accept", "text/event-stream")
                .containsEntry("content-type", "application/json")
                .containsEntry("x-request-id", "request-1");
        assertThat(Json.mapper().readTree(call.body())).isEqualTo(Json.mapper().readTree("""
            {"model": "any model/name",
             "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "hi ?!"}],
             "stream": true, "stream_options": {"include_usage": true}, "user": "user-7"}\
            """));
    }

    @Test
    void aRequestIdUnfitForAHeaderIsNotSent() throws Exception {
        var request = new ChatRequest("m", List.of(new PromptMessage("user", "hi")), "a\r\nX-Evil: 1", null);

        provider.stream(request, text::add);

        assertThat(upstream.received().getFirst().headers()).doesNotContainKeys("x-request-id", "x-evil");
    }

    @Test
    void aServerWithoutKeysGetsNone() throws Exception {
        fixture.provider(upstream, null).stream(ProviderFixture.question("hi"), text::add);

        assertThat(upstream.received().getFirst().headers()).doesNotContainKey("authorization");
    }

    @Test
    void aFinishedCallLeavesItsConnectionToTheNext() throws Exception {
        provider.stream(ProviderFixture.question("one"), text::add);
        provider.stream(ProviderFixture.question("two"), text::add);

        assertThat(upstream.calls()).isEqualTo(2);
        assertThat(upstream.connections()).isEqualTo(1);
        assertThat(upstream.aborted()).isZero();
    }

    @Test
    void usageThatIsNotReportedIsZero() throws Exception {
        upstream.reply(FakeReply.words(3).withoutUsage());

        assertThat(provider.stream(ProviderFixture.question("hi"), text::add).usage())
                .isEqualTo(Usage.NONE);
    }

    @Test
    void anUpstreamThatRefusesStreamOptionsIsAskedOnceMoreWithoutAndRemembered() throws Exception {
        upstream.answer(call -> call.body().contains("stream_options")
                ? FakeReply.error(400, "invalid_request_error", "unknown field stream_options")
                : FakeReply.words(2));

        provider.stream(ProviderFixture.question("one"), text::add);
        provider.stream(ProviderFixture.question("two"), text::add);

        assertThat(text).hasSize(4);
        assertThat(upstream.calls()).isEqualTo(3);
    }

    @Test
    void finishReasonEndsAStreamWithoutDone() throws Exception {
        upstream.reply(FakeReply.words(2).ending(FakeReply.Ending.NO_DONE));

        assertThat(provider.stream(ProviderFixture.question("hi"), text::add).finishReason())
                .isEqualTo("stop");
    }

    @Test
    void anAnswerThatIsNotStreamedIsOneChunk() throws Exception {
        upstream.reply(FakeReply.json(200, """
            {"model": "m-2", "choices": [{"message": {"role": "assistant", "content": "All at once"},
             "finish_reason": "length"}], "usage": {"prompt_tokens": 3, "completion_tokens": 3}}\
            """));

        Completion completion = provider.stream(ProviderFixture.question("hi"), text::add);

        assertThat(text).containsExactly("All at once");
        assertThat(completion)
                .isEqualTo(new Completion("m-2", "length", new Usage(3, 3, 6), List.of(), 200, "fake-request-1"));
    }

    @Test
    void readsPerplexitysCitationsAndIgnoresTheRepeatedMessage() throws Exception {
        upstream.reply(stream("""
            data: {"model":"sonar","citations":["https://a.example","https://b.example"],"choices":[{"index":0,\
            "message":{"content":"Hi"},"delta":{"content":"Hi"}}],"usage":{"prompt_tokens":1,"completion_tokens":1}}

            data: {"model":"sonar","citations":["https://a.example","https://b.example"],"choices":[{"index":0,\
            "finish_reason":"stop","message":{"content":"Hi there"},"delta":{"content":" there"}}],\
            "usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}

            """));

        Completion completion = provider.stream(ProviderFixture.question("hi"), text::add);

        assertThat(text).containsExactly("Hi", " there");
        assertThat(completion.citations()).containsExactly("https://a.example", "https://b.example");
        assertThat(completion.usage()).isEqualTo(new Usage(1, 2, 3));
    }

    @Test
    void searchResultsStandInForCitations() throws Exception {
        upstream.reply(stream("""
            data: {"search_results":[{"title":"A","url":"https://a.example"},{"title":"no url"}],\
            "choices":[{"delta":{"content":"x"},"finish_reason":"stop"}]}

            data: [DONE]

            """));

        assertThat(provider.stream(ProviderFixture.question("hi"), text::add).citations())
                .containsExactly("https://a.example");
    }

    @Test
    void whatIsNotTextOfTheFirstChoiceIsIgnored() throws Exception {
        upstream.reply(stream("""
            : comment

            data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}

            data: {"choices":[{"index":0,"delta":{"tool_calls":[{"function":{"name":"f","arguments":"{}"}}]}}]}

            data: {"choices":[{"index":0,"delta":{"reasoning_content":"hm","content":null}}]}

            data: {"choices":[{"index":1,"delta":{"content":"another choice"}}]}

            data: {"choices":[{"index":0,"delta":{"content":"text"}}], "error": null, "unknown": {"a": [1]}}

            data: [DONE]

            """));

        Completion completion = provider.stream(ProviderFixture.question("hi"), text::add);

        assertThat(text).containsExactly("text");
        assertThat(completion)
                .extracting(Completion::model, Completion::finishReason)
                .containsExactly("m", "stop");
    }

    private static FakeReply stream(String events) {
        return FakeReply.streaming().withBody(events).withHeader("content-type", "text/event-stream; charset=utf-8");
    }
}
