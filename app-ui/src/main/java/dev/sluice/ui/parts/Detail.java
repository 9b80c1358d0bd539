package dev.sluice.ui.parts;

import java.util.List;
import java.util.stream.Collectors;

/// One line of a details pane.
///
/// @param name what it is
/// @param text its value in words
public record Detail(String name, String text) {
    /// Writes details as lines for the clipboard.
    public static String lines(List<Detail> details) {
        return details.stream().map(each -> each.name() + ": " + each.text()).collect(Collectors.joining("\n"));
    }
}
