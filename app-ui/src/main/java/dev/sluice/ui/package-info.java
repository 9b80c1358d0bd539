@NullMarked
package dev.sluice.ui;

import org.jspecify.annotations.NullMarked;
