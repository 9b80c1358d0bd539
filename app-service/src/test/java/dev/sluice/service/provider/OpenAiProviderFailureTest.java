package dev.sluice.service.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.service.provider.ProviderException.Kind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiProviderFailureTest {
    private static final UpstreamLimits LIMITS = new UpstreamLimits(
            Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20), 4096, 8192);

    private final FakeOpenAi upstream = new FakeOpenAi();
    private final ProviderFixture fixture = new ProviderFixture(LIMITS);
    private final ChatProvider provider = fixture.provider(upstream);
    private final List<String> text = new ArrayList<>();

    @AfterEach
    void close() {
        upstream.close();
        fixture.close();
    }

    @ParameterizedTest(name = "C9 HTTP {0} {1} is {2}, shareable: {3}")
    @CsvSource({
        "400, invalid_request_error, BAD_REQUEST, false",
        "401, invalid_api_key, UNAUTHORIZED, false",
        "402, insufficient_credits, QUOTA, false",
        "403, forbidden, UNAUTHORIZED, false",
        "404, model_not_found, BAD_REQUEST, false",
        "408, timeout, TIMEOUT, true",
        "429, rate_limit_exceeded, RATE_LIMITED, true",
        "429, insufficient_quota, QUOTA, false",
        "500, server_error, SERVER, true",
        "503, overloaded, SERVER, true",
        "302, moved, PROTOCOL, false",
    })
    void statusesAreTold(int status, String code, Kind kind, boolean shareable) {
        upstream.reply(FakeReply.error(status, code, "said the upstream").withHeader("location", "http://evil.test/"));

        ProviderException failure = failure();

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.status()).hasValue(status);
        assertThat(failure.shareable()).isEqualTo(shareable);
        assertThat(failure.upstreamRequestId()).hasValue("fake-request-1");
        assertThat(upstream.calls()).isEqualTo(1);
    }

    @Test
    void anErrorThatIsNotJsonStillHasItsStatus() {
        upstream.reply(FakeReply.json(502, "<html>Bad gateway</html>"));

        assertThat(failure()).hasMessage("testai failed (HTTP 502)");
    }

    @Test
    void geminisErrorInAnArrayIsUnderstood() {
        upstream.reply(FakeReply.json(400, "[{\"error\":{\"code\":400,\"message\":\"Bad name\"}}]"));

        assertThat(failure()).hasMessage("testai failed (HTTP 400): Bad name");
    }

    @Test
    @DisplayName("C9 Retry-After is passed on")
    void retryAfterIsPassedOn() {
        upstream.reply(FakeReply.error(429, "rate_limit_exceeded", "slow down").withHeader("retry-after", "7"));

        assertThat(failure().retryAfter()).hasValue(Duration.ofSeconds(7));
    }

    @Test
    @DisplayName("C17 an upstream cut mid-stream is never a clean end")
    void aCutStreamIsTruncated() {
        upstream.reply(FakeReply.words(3).ending(FakeReply.Ending.CUT));

        ProviderException failure = failure();

        assertThat(failure.kind()).isEqualTo(Kind.TRUNCATED);
        assertThat(failure.status()).hasValue(200);
        assertThat(failure.shareable()).isFalse();
        assertThat(text).hasSize(3);
    }

    @Test
    @DisplayName("C17 a stream that ends without finish_reason and [DONE] is truncated")
    void anUnannouncedEndIsTruncated() {
        upstream.reply(FakeReply.words(3).ending(FakeReply.Ending.EOF));

        assertThat(failure().kind()).isEqualTo(Kind.TRUNCATED);
    }

    @Test
    @DisplayName("C17 everything that came before a cut is delivered")
    void nothingBeforeACutIsLost() {
        upstream.reply(FakeReply.words(20).ending(FakeReply.Ending.CUT));

        for (int call = 1; call <= 50; call++) {
            text.clear();
            assertThat(failure().kind()).isEqualTo(Kind.TRUNCATED);
            assertThat(text).hasSize(20);
        }
    }

    @Test
    @DisplayName("C17 usage counted before the cut is kept")
    void partialUsageIsKept() {
        upstream.reply(FakeReply.streaming()
                .withHeader("content-type", "text/event-stream")
                .withBody("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"usage\":{\"prompt_tokens\":9}}\n\n"));

        assertThat(failure().partialUsage()).hasValue(new Usage(9, 0, 9));
    }

    @Test
    void anErrorInsideTheStreamFails() {
        upstream.reply(FakeReply.words(2).ending(FakeReply.Ending.ERROR_OBJECT));

        ProviderException failure = failure();

        assertThat(failure).hasMessage("testai failed (reported in its answer): overloaded now");
        assertThat(failure.kind()).isEqualTo(Kind.SERVER);
        assertThat(failure.status()).hasValue(503);
        assertThat(text).hasSize(2);
    }

    @Test
    void anErrorWithAGoodStatusFails() {
        upstream.reply(FakeReply.json(200, "{\"error\":{\"code\":429,\"message\":\"wait\"}}"));

        assertThat(failure().kind()).isEqualTo(Kind.RATE_LIMITED);
    }

    @ParameterizedTest
    @CsvSource({"MALFORMED", "HUGE_LINE"})
    void whatCannotBeReadIsAProtocolFailure(FakeReply.Ending ending) {
        upstream.reply(FakeReply.words(1).ending(ending));

        assertThat(failure().kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(text).hasSize(1);
    }

    @Test
    void anAnswerOverTheLimitIsStopped() throws Exception {
        String piece = "x".repeat(3000);
        upstream.reply(FakeReply.streaming(piece, piece, piece).ending(FakeReply.Ending.STALL));

        assertThat(failure().kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(text).hasSize(2);
        upstream.awaitAborted(1);
    }

    @Test
    void aWholeAnswerOverTheLimitIsStopped() {
        upstream.reply(FakeReply.json(200, "{\"x\":\"" + "x".repeat(10_000) + "\"}"));

        assertThat(failure().kind()).isEqualTo(Kind.PROTOCOL);
    }

    @Test
    void aWebPageIsAProtocolFailure() {
        upstream.reply(FakeReply.streaming().withBody("<html>").withHeader("content-type", "text/html"));

        assertThat(failure().kind()).isEqualTo(Kind.PROTOCOL);
    }

    @Test
    void jsonWithoutChoicesIsAProtocolFailure() {
        upstream.reply(FakeReply.json(200, "{\"hello\": 1}"));

        assertThat(failure().kind()).isEqualTo(Kind.PROTOCOL);
    }

    @Test
    void nobodyListeningIsAConnectFailure() {
        upstream.close();

        ProviderException failure = failure();

        assertThat(failure.kind()).isEqualTo(Kind.CONNECT);
        assertThat(failure.status()).isEmpty();
        assertThat(failure.shareable()).isTrue();
    }

    @Test
    @DisplayName("X2 an upstream that repeats the key cannot make it known")
    void theKeyIsInNoFailure() {
        String echo =
                "key " + ProviderFixture.KEY + " Bearer " + ProviderFixture.KEY + " https://u:pw@h/ " + "y".repeat(900);
        for (int status : List.of(400, 401, 429, 500)) {
            upstream.reply(FakeReply.error(status, ProviderFixture.KEY, echo));

            var trace = new StringWriter();
            failure().printStackTrace(new PrintWriter(trace));

            assertThat(trace.toString()).doesNotContain("very-secret").doesNotContain("pw@");
        }
        assertThat(failure().message()).hasSizeLessThan(350);
        assertThat(provider.toString()).doesNotContain("very-secret");
    }

    @Test
    void aFailingListenerAbortsTheCall() throws Exception {
        upstream.reply(FakeReply.words(1).ending(FakeReply.Ending.STALL));

        var thrown = catchThrowableOfType(
                IllegalStateException.class,
                () -> provider.stream(ProviderFixture.question("hi"), delta -> {
                    throw new IllegalStateException("full");
                }));

        assertThat(thrown).hasMessage("full");
        upstream.awaitAborted(1);
    }

    private ProviderException failure() {
        return catchThrowableOfType(
                ProviderException.class, () -> provider.stream(ProviderFixture.question("hi"), text::add));
    }
}
