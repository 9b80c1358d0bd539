/// The only place that schedules work on the FX thread, and the controls all screens share.
@NullMarked
package dev.sluice.ui.fx;

import org.jspecify.annotations.NullMarked;
