/// The screen of sessions: found, read, followed, played again.
@NullMarked
package dev.sluice.ui.sessions;

import org.jspecify.annotations.NullMarked;
