/// Benchmarks of the engines inside one process, run by JMH: the suite `jmh` of `packaging/bench`.
///
/// They use the engines through the same public calls as the service does.
@NullMarked
package dev.sluice.bench.jmh;

import org.jspecify.annotations.NullMarked;
