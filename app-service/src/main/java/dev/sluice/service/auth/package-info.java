@NullMarked
package dev.sluice.service.auth;

import org.jspecify.annotations.NullMarked;
