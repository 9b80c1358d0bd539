/// Whom texts come from and go to, and what can be said of a text by looking at it alone. Knows no store,
/// no HTTP and no window.
@NullMarked
package dev.sluice.service.sms.text;

import org.jspecify.annotations.NullMarked;
