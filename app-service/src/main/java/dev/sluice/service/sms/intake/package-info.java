/// Texts as providers deliver them: three dialects read into one form, and the signatures that prove who
/// sent them.
@NullMarked
package dev.sluice.service.sms.intake;

import org.jspecify.annotations.NullMarked;
