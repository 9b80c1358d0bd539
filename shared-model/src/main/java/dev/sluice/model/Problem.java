package dev.sluice.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// An error as clients see it: RFC 9457 problem details.
///
/// @param type a URI reference naming the kind of problem; `about:blank` when the status says it all
/// @param title short name of the kind
/// @param status the HTTP status, 400-599
/// @param detail what was wrong and what to do about it; old clients read this field
/// @param instance the path that was asked for
/// @param field the request field at fault, if one is
/// @param current the state that made the request fail (a 412's current document), if there is one
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String instance,
        @Nullable String field,
        @Nullable Object current) {
    /// The media type of a problem document.
    public static final String MEDIA_TYPE = "application/problem+json";
}
