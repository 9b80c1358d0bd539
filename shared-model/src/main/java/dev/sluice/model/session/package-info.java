/// Sessions on the wire: the log of each unit of work.
@NullMarked
package dev.sluice.model.session;

import org.jspecify.annotations.NullMarked;
