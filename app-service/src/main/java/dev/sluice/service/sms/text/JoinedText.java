package dev.sluice.service.sms.text;

import java.util.List;
import java.util.stream.Collectors;

/// The texts of one batch as one.
public final class JoinedText {
    private JoinedText() {}

    /// Returns the texts in their order, each without the white space around it, a line feed between
    /// them; those that are empty are left out.
    public static String join(List<String> texts) {
        return texts.stream().map(String::strip).filter(text -> !text.isEmpty()).collect(Collectors.joining("\n"));
    }
}
