/// The latest state a service told, its history and its age; no JavaFX.
@NullMarked
package dev.sluice.ui.store;

import org.jspecify.annotations.NullMarked;
