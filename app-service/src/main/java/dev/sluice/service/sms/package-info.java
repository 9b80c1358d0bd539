@NullMarked
package dev.sluice.service.sms;

import org.jspecify.annotations.NullMarked;
