package dev.sluice.service.refactor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.http.ApiException;
import dev.sluice.service.http.Exchange;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what clients ask for and refuses what is not acceptable, naming the field.
///
/// The access token is checked and dropped here: no pipeline needs it, so nothing keeps it.
final class RefactorReader {
    private static final int MAX_NAME = 200;
    private static final int MAX_URL = 2_000;
    private static final int MAX_TEXT = 32_000;
    /// Shorter secrets are too likely to occur in ordinary text.
    private static final int TELLING = 8;

    private static final Pattern REPOSITORY = Pattern.compile(
            "(?:https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?/|ssh://git@[A-Za-z0-9.-]+(?::[0-9]{1,5})?/|git@[A-Za-z0-9.-]+:)"
                    + "[A-Za-z0-9._~/+-]+");
    private static final Pattern BRANCH = Pattern.compile("[^\\s\\p{Cntrl}~^:?*\\[\\\\-][^\\s\\p{Cntrl}~^:?*\\[\\\\]*");
    private static final Set<String> VALIDATIONS = Set.of("full", "compile_only", "skip");

    private RefactorReader() {}

    /// Reads a job.
    ///
    /// @throws ApiException 400, 413, 415 or 422, naming the field
    static RefactorRequest request(Exchange exchange) {
        Body body = exchange.body(Body.class);
        Credentials credentials = body.githubCredentials();
        if (credentials == null) {
            throw missing("github_credentials");
        }
        String token = required("github_credentials.access_token", credentials.accessToken(), MAX_NAME * 10);
        String url = matching(
                "github_credentials.repository_url",
                required("github_credentials.repository_url", credentials.repositoryUrl(), MAX_URL),
                REPOSITORY,
                "must be the address of a repository, such as https://github.com/owner/name, without credentials.");
        String branch = matching(
                "github_credentials.branch",
                orElse(optional("github_credentials.branch", credentials.branch(), MAX_NAME), "main"),
                BRANCH,
                "must be the name of a branch.");
        String userId = required("user_id", body.userId(), MAX_NAME);
        String prompt = required("user_prompt", body.userPrompt(), MAX_TEXT);
        refuseToken(token, "user_id", userId);
        refuseToken(token, "user_prompt", prompt);
        refuseToken(token, "github_credentials.repository_url", url);
        refuseToken(token, "github_credentials.branch", branch);
        return new RefactorRequest(
                exchange.caller().org(),
                exchange.requestId(),
                userId,
                prompt,
                url,
                branch,
                mode(body.mode()),
                body.autoFixEnabled() == null || body.autoFixEnabled(),
                (int) within("max_retries", body.maxRetries(), 3, 0, 5),
                (int) within("high_risk_threshold", body.highRiskThreshold(), 7, 0, 10),
                within("min_test_coverage", body.minTestCoverage(), 0.7, 0, 1),
                Duration.ofSeconds((long) within("timeout_seconds", body.timeoutSeconds(), 300, 60, 3_600)));
    }

    /// Reads what a person decided about the plan; null to cancel.
    static @Nullable Decision plan(Exchange exchange) {
        PlanBody body = exchange.body(PlanBody.class);
        String remark = optional("user_response", body.userResponse(), MAX_TEXT);
        return switch (choice("action", body.action(), Set.of("approve", "modify", "cancel"))) {
            case "approve" -> new Decision.PlanApproved(remark);
            case "modify" -> {
                String wanted = orElse(modifications(body.modifications()), remark == null ? "" : remark);
                yield new Decision.PlanModified(required("modifications", wanted, MAX_TEXT));
            }
            default -> null;
        };
    }

    /// Reads how a person wants it validated.
    static Decision validation(Exchange exchange) {
        var body = exchange.body(ValidationBody.class);
        return new Decision.ValidationChosen(choice("validation_mode", body.validationMode(), VALIDATIONS));
    }

    /// Reads what a person decided about the push; null to cancel.
    static @Nullable Decision push(Exchange exchange) {
        PushBody body = exchange.body(PushBody.class);
        String action = choice("action", body.action(), Set.of("approve", "cancel"));
        String branch = optional("branch_name_override", body.branchNameOverride(), MAX_NAME);
        if (branch != null) {
            matching("branch_name_override", branch, BRANCH, "must be the name of a branch.");
        }
        String commit = optional("commit_message_override", body.commitMessageOverride(), MAX_TEXT);
        return action.equals("cancel") ? null : new Decision.PushApproved(branch, commit);
    }

    private static Mode mode(@Nullable String word) {
        if (word == null) {
            return Mode.INTERACTIVE_DETAILED;
        }
        return Mode.parse(word)
                .orElseThrow(() -> ApiException.unprocessable(
                        "mode", "mode must be one of autonomous, interactive, interactive-detailed."));
    }

    /// Modifications may come as text or as any JSON.
    private static @Nullable String modifications(@Nullable JsonNode node) {
        if (node == null || node.isNull() || (node.isContainerNode() && node.isEmpty())) {
            return null;
        }
        return node.isTextual() ? node.textValue() : node.toString();
    }

    private static double within(String field, @Nullable Number value, double fallback, double min, double max) {
        double number = value == null ? fallback : value.doubleValue();
        if (!(number >= min && number <= max)) { // NaN is outside too
            throw ApiException.unprocessable(field, field + " must be from " + plain(min) + " to " + plain(max) + ".");
        }
        return number;
    }

    private static String plain(double number) {
        return Long.toString((long) number);
    }

    private static String choice(String field, @Nullable String value, Set<String> allowed) {
        if (value == null || !allowed.contains(value)) {
            throw ApiException.unprocessable(
                    field, field + " must be one of " + String.join(", ", new TreeSet<>(allowed)) + ".");
        }
        return value;
    }

    private static String required(String field, @Nullable String value, int longest) {
        String text = optional(field, value, longest);
        if (text == null) {
            throw missing(field);
        }
        return text;
    }

    private static @Nullable String optional(String field, @Nullable String value, int longest) {
        if (value != null && value.length() > longest) {
            throw ApiException.unprocessable(field, field + " must be at most " + longest + " characters.");
        }
        return value == null || value.isBlank() ? null : value;
    }

    private static String matching(String field, String value, Pattern pattern, String rule) {
        if (!pattern.matcher(value).matches()) {
            throw ApiException.unprocessable(field, field + " " + rule);
        }
        return value;
    }

    /// A token in a text would be stored with it.
    private static void refuseToken(String token, String field, String text) {
        if (token.strip().length() >= TELLING && text.contains(token.strip())) {
            throw ApiException.unprocessable(field, field + " must not hold the access token.");
        }
    }

    private static String orElse(@Nullable String text, String fallback) {
        return text == null ? fallback : text;
    }

    private static ApiException missing(String field) {
        return ApiException.unprocessable(field, field + " is required and must not be blank.");
    }

    private record Body(
            @Nullable String userId,
            @Nullable String userPrompt,
            @Nullable Credentials githubCredentials,
            @Nullable String mode,
            @Nullable Boolean autoFixEnabled,
            @Nullable Integer maxRetries,
            @Nullable Integer highRiskThreshold,
            @Nullable Double minTestCoverage,
            @Nullable Integer timeoutSeconds) {
        /// Says nothing of what it holds.
        @Override
        public String toString() {
            return "Body[hidden]";
        }
    }

    private record Credentials(
            @Nullable String accessToken,
            @Nullable String repositoryUrl,
            @Nullable String branch) {
        /// Hides the token.
        @Override
        public String toString() {
            return "Credentials[hidden]";
        }
    }

    private record PlanBody(
            @Nullable String action,
            @Nullable JsonNode modifications,
            @Nullable String userResponse) {}

    private record ValidationBody(@Nullable String validationMode) {}

    private record PushBody(
            @Nullable String action,
            @Nullable String branchNameOverride,
            @Nullable String commitMessageOverride) {}
}
