@NullMarked
package dev.sluice.ui.fake;

import org.jspecify.annotations.NullMarked;
