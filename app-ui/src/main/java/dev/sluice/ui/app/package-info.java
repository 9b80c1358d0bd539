/// Starts the console: command line, composition, the JavaFX application.
@NullMarked
package dev.sluice.ui.app;

import org.jspecify.annotations.NullMarked;
