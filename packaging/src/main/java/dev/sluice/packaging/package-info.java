/// The demo: a client that shows what the service does with a burst.
@NullMarked
package dev.sluice.packaging;

import org.jspecify.annotations.NullMarked;
