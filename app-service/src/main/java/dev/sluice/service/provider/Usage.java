package dev.sluice.service.provider;

/// Tokens as the provider counted them; zeros where it said nothing.
public record Usage(long promptTokens, long completionTokens, long totalTokens) {
    /// The provider said nothing.
    public static final Usage NONE = new Usage(0, 0, 0);
}
