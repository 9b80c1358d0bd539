/// Benchmarks of the whole program beside others that do the same job; `packaging/bench` runs them, the build
/// does not.
@NullMarked
package dev.sluice.bench;

import org.jspecify.annotations.NullMarked;
