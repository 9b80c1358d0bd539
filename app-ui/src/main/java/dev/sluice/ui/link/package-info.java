/// What the console knows of services and the wire; no JavaFX.
@NullMarked
package dev.sluice.ui.link;

import org.jspecify.annotations.NullMarked;
