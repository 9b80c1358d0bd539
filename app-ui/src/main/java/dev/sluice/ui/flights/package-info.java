/// The screen of flights and of the requests that shared them.
@NullMarked
package dev.sluice.ui.flights;

import org.jspecify.annotations.NullMarked;
