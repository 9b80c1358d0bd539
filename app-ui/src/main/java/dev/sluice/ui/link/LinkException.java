package dev.sluice.ui.link;

import dev.sluice.model.ops.SettingsView;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A service did not do what it was asked. Messages are sentences for the operator.
public abstract sealed class LinkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private LinkException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /// Returns the message, which each of them has.
    public String told() {
        return Objects.requireNonNullElse(getMessage(), "No reason was given");
    }

    /// There was no answer, or none that can be understood: whether anything was done is unknown.
    public static final class NoAnswer extends LinkException {
        private static final long serialVersionUID = 1L;

        NoAnswer(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /// The service said no: nothing was done.
    public static final class Refused extends LinkException {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final transient @Nullable SettingsView current;

        Refused(int status, String detail, @Nullable SettingsView current) {
            super(detail, null);
            this.status = status;
            this.current = current;
        }

        /// Returns the HTTP status.
        public int status() {
            return status;
        }

        /// Returns the settings that made the service refuse, if somebody else was faster (412).
        public Optional<SettingsView> current() {
            return Optional.ofNullable(current);
        }
    }
}
