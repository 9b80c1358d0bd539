package dev.sluice.service.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.sluice.model.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads request bodies as JSON, strictly: what is stored must be what was meant.
///
/// No answer repeats a value of the body, since values may be secrets.
final class JsonBody {
    private static final Pattern DUPLICATE =
            Pattern.compile("Duplicate field '([A-Za-z0-9_.-]{1,64})'.*", Pattern.DOTALL);

    private JsonBody() {}

    /// Refuses other media types; `charset` may only be UTF-8.
    ///
    /// @throws ApiException 415
    static void checkMediaType(@Nullable String contentType) {
        String[] parts = contentType == null
                ? new String[0]
                : contentType.toLowerCase(Locale.ROOT).split(";", -1);
        boolean json = parts.length > 0 && parts[0].strip().equals("application/json");
        for (int i = 1; json && i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            json = !parameter.startsWith("charset=") || parameter.equals("charset=utf-8");
        }
        if (!json) {
            throw ApiException.of(415, "the body must be sent as Content-Type: application/json, in UTF-8");
        }
    }

    /// Reads a body as an object.
    ///
    /// @throws ApiException 400 or 422
    static JsonNode tree(byte[] body) {
        if (body.length == 0) {
            throw ApiException.badRequest(null, "a JSON body is required");
        }
        JsonNode tree = parse(text(body));
        if (!tree.isObject()) {
            throw ApiException.unprocessable(null, "the body must be a JSON object");
        }
        JsonValues.check(tree);
        return tree;
    }

    /// Binds an object to a type.
    ///
    /// @throws ApiException 422 naming the field
    static <T> T bind(JsonNode tree, Class<T> type) {
        try {
            return Json.mapper().treeToValue(tree, type);
        } catch (MismatchedInputException e) {
            String field = path(e);
            throw ApiException.unprocessable(field, named(field) + " must be " + expected(e.getTargetType()));
        } catch (JsonMappingException e) {
            String field = path(e);
            throw ApiException.unprocessable(field, named(field) + " has a value that is not acceptable");
        } catch (JsonProcessingException e) {
            throw ApiException.unprocessable(null, "the body does not have the expected form");
        }
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ApiException.badRequest(null, "the body is not valid UTF-8");
        }
    }

    private static JsonNode parse(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (StreamConstraintsException e) {
            throw ApiException.badRequest(
                    null, "the body is nested deeper than " + Json.MAX_NESTING + " or holds a number that is too long");
        } catch (JsonProcessingException e) {
            var duplicate = DUPLICATE.matcher(e.getOriginalMessage());
            if (duplicate.matches()) {
                String field = duplicate.group(1);
                throw ApiException.badRequest(field, "the field " + field + " is given twice");
            }
            var at = e.getLocation();
            String where = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
            throw ApiException.badRequest(null, "the body is not valid JSON" + where);
        }
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static String named(String field) {
        return field.isEmpty() ? "the body" : "the field " + field;
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "of another type";
        } else if (type == String.class) {
            return "a string";
        } else if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        } else if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            return "a number in range";
        } else if (Iterable.class.isAssignableFrom(type) || type.isArray()) {
            return "a list";
        } else if (type.isEnum()) {
            return "one of the names the API lists";
        }
        return type.getName().startsWith("java.time.") ? "a time or duration in ISO 8601" : "an object";
    }
}
