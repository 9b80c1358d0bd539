/// Refactoring jobs: planned and told through the chat provider, confirmed by people, followed late or
/// twice.
@NullMarked
package dev.sluice.service.refactor;

import org.jspecify.annotations.NullMarked;
