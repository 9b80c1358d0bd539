/// The window around the screens: navigation, connection, status strip.
@NullMarked
package dev.sluice.ui.shell;

import org.jspecify.annotations.NullMarked;
