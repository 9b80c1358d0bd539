/// The screen of chat providers.
@NullMarked
package dev.sluice.ui.providers;

import org.jspecify.annotations.NullMarked;
