@NullMarked
package dev.sluice.model.sse;

import org.jspecify.annotations.NullMarked;
