@NullMarked
package dev.sluice.service.coalesce;

import org.jspecify.annotations.NullMarked;
