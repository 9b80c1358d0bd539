package dev.sluice.service.sms.reply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sluice.model.Json;
import java.net.http.HttpHeaders;

/// What came of a request.
sealed interface Answer {
    /// An answer came.
    ///
    /// @param whole whether the body is complete; what is missing was cut off or too much
    record Came(int status, HttpHeaders headers, String body, boolean whole) implements Answer {
        boolean good() {
            return status >= 200 && status < 300;
        }

        /// Returns the body as JSON; missing if it is not whole or no JSON.
        JsonNode json() {
            if (!whole) {
                return MissingNode.getInstance();
            }
            try {
                return Json.mapper().readTree(body);
            } catch (JsonProcessingException notJson) {
                return MissingNode.getInstance();
            }
        }
    }

    /// No answer came.
    ///
    /// @param left whether any of the body may have left this machine
    record Missing(boolean left, String why) implements Answer {}
}
