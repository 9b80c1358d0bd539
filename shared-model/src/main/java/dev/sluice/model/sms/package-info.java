/// Texts, their windows and replies on the wire.
@NullMarked
package dev.sluice.model.sms;

import org.jspecify.annotations.NullMarked;
