@NullMarked
package dev.sluice.service.store;

import org.jspecify.annotations.NullMarked;
