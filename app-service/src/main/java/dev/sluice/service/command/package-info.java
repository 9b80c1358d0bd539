/// The command line beside the running service: tokens, and the check of a configuration.
@NullMarked
package dev.sluice.service.command;

import org.jspecify.annotations.NullMarked;
