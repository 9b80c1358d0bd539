/// How what goes over the network between services is signed.
@NullMarked
package dev.sluice.service.sms.sign;

import org.jspecify.annotations.NullMarked;
