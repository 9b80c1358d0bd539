/// What several screens show in the same way: flights, signs, details, emptiness.
@NullMarked
package dev.sluice.ui.parts;

import org.jspecify.annotations.NullMarked;
