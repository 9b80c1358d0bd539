@NullMarked
package dev.sluice.service.config;

import org.jspecify.annotations.NullMarked;
