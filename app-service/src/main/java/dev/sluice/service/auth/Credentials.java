package dev.sluice.service.auth;

import java.util.List;

/// What a request shows of its sender. Its text form hides the token.
///
/// @param authorization the values of the `Authorization` header, as they came
/// @param orgs the values of the `x-org-id` header
/// @param reading whether the request only reads (GET, HEAD)
public record Credentials(List<String> authorization, List<String> orgs, boolean reading) {
    public Credentials(List<String> authorization, List<String> orgs, boolean reading) {
        this.authorization = List.copyOf(authorization);
        this.orgs = List.copyOf(orgs);
        this.reading = reading;
    }

    @Override
    public String toString() {
        return "Credentials[orgs=" + orgs + ", reading=" + reading + "]";
    }
}
