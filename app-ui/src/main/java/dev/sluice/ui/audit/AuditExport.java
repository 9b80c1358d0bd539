package dev.sluice.ui.audit;

import dev.sluice.model.Json;
import dev.sluice.model.ops.AuditView;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes entries of the audit for other programs.
enum AuditExport {
    /// Comma-separated, for spreadsheets: a cell that would be taken for a formula gets a leading apostrophe.
    CSV("csv"),
    /// One JSON document a line.
    NDJSON("ndjson");

    private static final String HEAD = "id,at,actor,action,subject,before,after,reason";
    private static final String FORMULA = "=+-@\t\r";

    private final String extension;

    AuditExport(String extension) {
        this.extension = extension;
    }

    String extension() {
        return extension;
    }

    String write(List<AuditView.Entry> entries) {
        return switch (this) {
            case CSV ->
                Stream.concat(Stream.of(HEAD), entries.stream().map(AuditExport::line))
                        .collect(Collectors.joining("\r\n", "", "\r\n"));
            case NDJSON -> entries.stream().map(Json::text).collect(Collectors.joining("\n", "", "\n"));
        };
    }

    private static String line(AuditView.Entry entry) {
        return Stream.<@Nullable Object>of(
                        entry.id(),
                        entry.at(),
                        entry.actor(),
                        entry.action(),
                        entry.subject(),
                        entry.before(),
                        entry.after(),
                        entry.reason())
                .map(cell -> cell(Objects.toString(cell, "")))
                .collect(Collectors.joining(","));
    }

    static String cell(String text) {
        var safe = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.contains(",") || safe.contains("\"") || safe.contains("\n") || safe.contains("\r")
                ? '"' + safe.replace("\"", "\"\"") + '"'
                : safe;
    }
}
