@NullMarked
package dev.sluice.model;

import org.jspecify.annotations.NullMarked;
