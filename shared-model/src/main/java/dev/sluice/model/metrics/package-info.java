@NullMarked
package dev.sluice.model.metrics;

import org.jspecify.annotations.NullMarked;
