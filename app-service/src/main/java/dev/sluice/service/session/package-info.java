/// Sessions: the log of each unit of work, kept on disk, found, read, replayed, exported and forgotten.
@NullMarked
package dev.sluice.service.session;

import org.jspecify.annotations.NullMarked;
