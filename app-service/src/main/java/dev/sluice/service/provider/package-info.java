/// Calls to chat providers: who answers, over what wire, how fast, and what can go wrong.
@NullMarked
package dev.sluice.service.provider;

import org.jspecify.annotations.NullMarked;
