/// The screen on which operators change settings.
@NullMarked
package dev.sluice.ui.controls;

import org.jspecify.annotations.NullMarked;
