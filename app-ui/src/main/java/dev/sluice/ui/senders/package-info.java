/// The screen of senders: whose texts gather, what becomes of them, and the windows they gather in.
@NullMarked
package dev.sluice.ui.senders;

import org.jspecify.annotations.NullMarked;
