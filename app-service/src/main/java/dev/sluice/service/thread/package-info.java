@NullMarked
package dev.sluice.service.thread;

import org.jspecify.annotations.NullMarked;
