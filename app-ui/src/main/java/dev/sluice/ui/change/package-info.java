/// How the console commands the service: asked first, pending until the service's own event confirms, undoable.
@NullMarked
package dev.sluice.ui.change;

import org.jspecify.annotations.NullMarked;
