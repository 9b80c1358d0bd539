/// The screen of the audit: who changed what, when and why.
@NullMarked
package dev.sluice.ui.audit;

import org.jspecify.annotations.NullMarked;
