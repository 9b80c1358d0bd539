@NullMarked
package dev.sluice.service.replay;

import org.jspecify.annotations.NullMarked;
