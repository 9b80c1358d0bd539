@NullMarked
package dev.sluice.service.ops;

import org.jspecify.annotations.NullMarked;
