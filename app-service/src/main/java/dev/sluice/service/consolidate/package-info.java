@NullMarked
package dev.sluice.service.consolidate;

import org.jspecify.annotations.NullMarked;
