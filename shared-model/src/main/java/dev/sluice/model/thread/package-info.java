@NullMarked
package dev.sluice.model.thread;

import org.jspecify.annotations.NullMarked;
