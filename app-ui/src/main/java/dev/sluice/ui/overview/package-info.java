/// The first screen: what goes on now.
@NullMarked
package dev.sluice.ui.overview;

import org.jspecify.annotations.NullMarked;
