/// How replies leave the house, and what is known afterwards: sent, refused, not sent, or nobody knows.
@NullMarked
package dev.sluice.service.sms.reply;

import org.jspecify.annotations.NullMarked;
