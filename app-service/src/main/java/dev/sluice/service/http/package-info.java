/// The HTTP layer: server, routing, errors, event streams. Features see `Exchange` and never Helidon.
@NullMarked
package dev.sluice.service.http;

import org.jspecify.annotations.NullMarked;
