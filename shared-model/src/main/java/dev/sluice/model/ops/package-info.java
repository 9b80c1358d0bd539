@NullMarked
package dev.sluice.model.ops;

import org.jspecify.annotations.NullMarked;
