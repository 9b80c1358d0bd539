/// What is promised about providers, proved over loopback sockets; and the fake provider other tests use too.
@NullMarked
package dev.sluice.service.provider;

import org.jspecify.annotations.NullMarked;
