package dev.sluice.service.store;

/// Turns a row into a value while the row is there.
///
/// @param <T> the value
@FunctionalInterface
public interface RowMapper<T> {
    /// Returns the value of `row`, which is not valid afterwards.
    T map(Row row);
}
