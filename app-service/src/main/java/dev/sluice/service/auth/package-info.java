/// Who may do what: tokens, roles, trust mode. Knows nothing of HTTP.
@NullMarked
package dev.sluice.service.auth;

import org.jspecify.annotations.NullMarked;
